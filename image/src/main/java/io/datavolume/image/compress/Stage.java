package io.datavolume.image.compress;

import io.datavolume.image.failure.TransferException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all decompressors share: counting, classifying of errors, and that an error stays an error. */
abstract class Stage extends StageStream {

    final Compression kind;
    final Input input;
    final Marks marks;
    private long position;
    private boolean ended;
    private @Nullable IOException failure;

    Stage(Compression kind, Input input, RestartPoint from) {
        this.kind = kind;
        this.input = input;
        this.marks = new Marks(from);
        this.position = from.offset();
    }

    /** Decodes 1 to {@code length} bytes, or says -1 at a verified end. */
    abstract int decode(byte[] into, int offset, int length) throws IOException;

    /** Frees what the decoder holds besides the input. */
    abstract void release();

    /** Offset in the output of the next byte. */
    final long position() {
        return position;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (failure != null) {
            throw failure;
        }
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        try {
            int count = decode(into, offset, length);
            if (count < 0) {
                ended = true;
            } else {
                position += count;
            }
            return count;
        } catch (IOException | RuntimeException e) {
            failure = classified(e);
            throw failure;
        }
    }

    @Override
    public final int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    /** Libraries meet hostile bytes with any exception; all of them mean that the data is damaged. */
    private IOException classified(Exception e) {
        if (e instanceof TransferException known) {
            return known;
        }
        IOException upstream = input.failure();
        if (upstream != null) {
            return upstream;
        }
        if (e instanceof EOFException) {
            return Damage.truncated(kind, input.position());
        }
        return explained(e);
    }

    IOException explained(Exception e) {
        return Damage.damaged(kind, input.position(), String.valueOf(e.getMessage()), "the data cannot be decoded");
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        return marks.before(offset);
    }

    @Override
    public void close() throws IOException {
        if (failure == null) {
            failure = new IOException("Read from a closed " + kind.id() + " stream");
        }
        release();
        input.close();
    }
}
