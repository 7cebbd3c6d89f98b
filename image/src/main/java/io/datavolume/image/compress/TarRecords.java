package io.datavolume.image.compress;

import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the tar reader reads from. Bounds what it may keep for one entry (long names, extended headers, maps of
 * sparse files), and knows whether records of zeros were met, which end an archive.
 */
final class TarRecords extends InputStream {

    static final int RECORD = 512;
    private static final long MAX_HEADERS = 1024 * 1024;

    private final Input input;
    private long headerBytes;
    private boolean zeros;

    TarRecords(Input input) {
        this.input = input;
    }

    /** The headers of the next entry begin. */
    void expectHeaders() {
        headerBytes = 0;
        zeros = false;
    }

    /** Whether a record of zeros was read, and nothing but zeros since. */
    boolean zeros() {
        return zeros;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = input.readNBytes(into, offset, length);
        account(count);
        if (count == 0 && length > 0) {
            return -1;
        }
        zeros |= count == RECORD;
        for (int i = 0; i < count; i++) {
            zeros &= into[offset + i] == 0;
        }
        return count;
    }

    private void account(int count) throws ImageRefusedException {
        headerBytes += count;
        if (headerBytes > MAX_HEADERS) {
            throw Damage.refused(Compression.TAR, "entry-header", input.position(), "over " + MAX_HEADERS + " bytes",
                    "the headers of one entry are too long; pack it again without extended attributes");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }
}
