package io.datavolume.image.compress;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Members of <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a> one after the other; each start of a
 * member is a restart point. Zeros after the last member are padding (of tapes, of block devices).
 */
final class GzipStage extends Stage {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int MAX_TEXT = 64 * 1024;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 contentCrc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private boolean inMember;
    private boolean first = true;

    GzipStage(Input input, RestartPoint from) {
        super(Compression.GZIP, input, from);
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        while (true) {
            if (!inMember && !nextMember()) {
                return -1;
            }
            if (inflater.needsInput() && !inflater.finished()) {
                if (!input.fill()) {
                    throw new EOFException();
                }
                inflater.setInput(input.buffer(), input.next(), input.buffered());
                input.consume(input.buffered());
            }
            int count = inflate(into, offset, length);
            contentCrc.update(into, offset, count);
            if (inflater.finished()) {
                input.unread(inflater.getRemaining());
                trailer();
            } else if (inflater.needsDictionary()) {
                throw damaged("preset dictionary", "a gzip member cannot have a dictionary");
            }
            if (count > 0) {
                return count;
            }
        }
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()), "the deflated data is invalid");
        }
    }

    private boolean nextMember() throws IOException {
        long start = input.position();
        if (!first) {
            if (!input.fill()) {
                return false;
            }
            if (input.buffer()[input.next()] == 0) {
                if (!input.onlyZerosLeft()) {
                    throw Damage.trailingGarbage(kind, input.position());
                }
                return false;
            }
        }
        header(start);
        if (!first) {
            marks.add(new RestartPoint(start, position(), new byte[0]));
        }
        first = false;
        inflater.reset();
        contentCrc.reset();
        inMember = true;
        return true;
    }

    private void header(long start) throws IOException {
        headerCrc.reset();
        if (octet() != 0x1f || octet() != 0x8b) {
            throw first
                    ? Damage.damaged(kind, start, "other magic", "this is no gzip member")
                    : Damage.trailingGarbage(kind, start);
        }
        int method = octet();
        int flags = octet();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw damaged("method " + method + ", flags " + flags, "the member header has unknown values");
        }
        for (int i = 0; i < 6; i++) {
            octet();
        }
        if ((flags & EXTRA) != 0) {
            int size = octet() | octet() << 8;
            for (int i = 0; i < size; i++) {
                octet();
            }
        }
        if ((flags & NAME) != 0) {
            text();
        }
        if ((flags & COMMENT) != 0) {
            text();
        }
        if ((flags & HEADER_CRC) != 0) {
            int expected = (int) headerCrc.getValue() & 0xffff;
            int stored = octet() | octet() << 8;
            if (stored != expected) {
                throw damaged(Integer.toHexString(stored), "the checksum of the member header is wrong");
            }
        }
    }

    private void text() throws IOException {
        for (int i = 0; i < MAX_TEXT; i++) {
            if (octet() == 0) {
                return;
            }
        }
        throw damaged("over " + MAX_TEXT + " bytes", "a name or comment in the member header does not end");
    }

    private int octet() throws IOException {
        int value = input.octet();
        headerCrc.update(value);
        return value;
    }

    private void trailer() throws IOException {
        long crc = word();
        long size = word();
        inMember = false;
        if (crc != contentCrc.getValue()) {
            throw damaged(Long.toHexString(crc), "the CRC-32 of a member is wrong");
        }
        if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged(Long.toString(size), "the size of a member is wrong");
        }
    }

    private long word() throws IOException {
        return input.octet() | input.octet() << 8 | input.octet() << 16 | (long) input.octet() << 24;
    }

    private IOException damaged(String value, String message) {
        return Damage.damaged(kind, input.position(), value, message);
    }

    @Override
    void release() {
        inflater.end();
    }
}
