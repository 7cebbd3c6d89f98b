package io.datavolume.image.qcow2;

import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import java.io.IOException;

/**
 * Joins what the L2 entries say, cluster by cluster, into runs that are as long as possible: data that is
 * contiguous in guest and file, and neighbours that are empty in the same way. No object is made per cluster: there may
 * be many millions, and their data may end in the middle of the file ({@link PlainData}).
 */
final class ClusterRuns {

    private final PlainData plain;
    private Extent.Kind kind = Extent.Kind.UNALLOCATED;
    private long guest;
    private long file;
    private long length;

    ClusterRuns(PlainData plain) {
        this.plain = plain;
    }

    /** @param file place of the stored bytes */
    void data(long guestOffset, long fileOffset, long bytes, MappingSink sink) throws IOException {
        if (length > 0 && kind == Extent.Kind.DATA && guest + length == guestOffset && file + length == fileOffset) {
            length += bytes;
        } else {
            start(Extent.Kind.DATA, guestOffset, fileOffset, bytes, sink);
        }
    }

    void empty(Extent.Kind how, long guestOffset, long bytes, MappingSink sink) throws IOException {
        if (length > 0 && kind == how && guest + length == guestOffset) {
            length += bytes;
        } else {
            start(how, guestOffset, 0, bytes, sink);
        }
    }

    private void start(Extent.Kind how, long guestOffset, long fileOffset, long bytes, MappingSink sink)
            throws IOException {
        flush(sink);
        kind = how;
        guest = guestOffset;
        file = fileOffset;
        length = bytes;
    }

    /** Gives away a run of data, whose bytes may pass next; an empty run may still grow. */
    void flushData(MappingSink sink) throws IOException {
        if (kind == Extent.Kind.DATA) {
            flush(sink);
        }
    }

    void flush(MappingSink sink) throws IOException {
        if (length == 0) {
            return;
        }
        long bytes = length;
        length = 0;
        if (kind == Extent.Kind.DATA) {
            plain.place(guest, file, bytes, sink);
        } else {
            sink.map(Mapping.empty(guest, bytes, kind));
        }
    }
}
