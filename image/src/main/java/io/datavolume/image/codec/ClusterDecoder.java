package io.datavolume.image.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.os.Libdeflate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes stored clusters and grains. One instance per thread; not thread-safe. Exactly the decoded length of
 * the mapping must come out: less is damage, more is an attack, and both are refused with the file offset. Only a
 * grain that the end of the disk cuts may be shorter, see {@link Mapping}.
 */
public final class ClusterDecoder implements AutoCloseable {

    private static final int GRAIN_MARKER = 12;
    private static final int SECTOR = 512;

    private final Inflater raw = new Inflater(true);
    private final Inflater wrapped = new Inflater(false);
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private @Nullable Optional<Libdeflate> libdeflate;
    private ByteBuffer direct = ByteBuffer.allocateDirect(0);

    /**
     * @param mapping a compressed mapping
     * @param stored its file range, position to limit; shorter than the mapping says where the file ends
     * @param target direct buffer with at least {@link Mapping#decodedLength()} bytes remaining; filled and flipped
     */
    public void decode(Mapping mapping, ByteBuffer stored, ByteBuffer target) throws ImageRefusedException {
        int expected = Math.toIntExact(mapping.decodedLength());
        target.clear().limit(expected);
        switch (mapping.encoding()) {
            case DEFLATE -> inflate(false, mapping, stored, target);
            case VMDK_GRAIN -> inflate(true, mapping, grain(mapping, stored), target);
            case ZLIB -> inflate(true, mapping, stored, target);
            case ZSTD -> zstd(mapping, stored, target);
            case PLAIN -> throw new IllegalArgumentException("plain data needs no decoding");
        }
        target.flip();
    }

    private static ByteBuffer grain(Mapping mapping, ByteBuffer stored) throws ImageRefusedException {
        if (stored.remaining() < GRAIN_MARKER) {
            throw refused(mapping, stored.remaining(), "the file ends inside the grain marker");
        }
        ByteBuffer marker = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long lba = marker.getLong(marker.position());
        long size = Integer.toUnsignedLong(marker.getInt(marker.position() + Long.BYTES));
        if (lba != mapping.extent().start() / SECTOR) {
            throw refused(mapping, lba, "the grain marker names another sector than the grain table ("
                    + mapping.extent().start() / SECTOR + ")");
        }
        if (size == 0 || size > stored.remaining() - GRAIN_MARKER) {
            throw refused(mapping, size, "the grain marker names a size that does not fit the file");
        }
        int start = stored.position() + GRAIN_MARKER;
        return stored.slice(start, (int) size);
    }

    private void inflate(boolean zlib, Mapping mapping, ByteBuffer stored, ByteBuffer target)
            throws ImageRefusedException {
        if (libdeflate == null) {
            libdeflate = Libdeflate.open();
        }
        if (libdeflate.isPresent() && libdeflate.get().inflate(zlib, direct(stored), target)) {
            target.position(target.limit());
            return;
        }
        // What is damaged, too long or cut is judged by one program only, whether the fast one is there or not.
        inflate(zlib ? wrapped : raw, mapping, stored, target);
    }

    private ByteBuffer direct(ByteBuffer stored) {
        if (stored.isDirect()) {
            return stored;
        }
        if (direct.capacity() < stored.remaining()) {
            direct = ByteBuffer.allocateDirect(Integer.highestOneBit(stored.remaining() - 1 | 1) << 1);
        }
        return direct.clear().put(stored.duplicate()).flip();
    }

    private static void inflate(Inflater inflater, Mapping mapping, ByteBuffer stored, ByteBuffer target)
            throws ImageRefusedException {
        try {
            inflater.reset();
            inflater.setInput(stored);
            while (target.hasRemaining() && !inflater.finished()) {
                if (inflater.inflate(target) == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
            }
            if (target.position() < leastLength(mapping) || target.hasRemaining() && !inflater.finished()) {
                throw refused(mapping, target.position(), "the compressed cluster is damaged or too short");
            }
            if (!inflater.finished() && inflater.inflate(ByteBuffer.allocate(1)) > 0) {
                throw refused(mapping, target.capacity(), "the compressed cluster inflates to more than one cluster");
            }
        } catch (DataFormatException e) {
            throw refused(mapping, String.valueOf(e.getMessage()), "the compressed cluster is damaged");
        }
    }

    /** Writers store the last grain of a disk whole or cut at the end of the disk; clusters are always whole. */
    private static long leastLength(Mapping mapping) {
        return mapping.encoding() == Encoding.DEFLATE ? mapping.decodedLength() : mapping.extent().length();
    }

    private void zstd(Mapping mapping, ByteBuffer stored, ByteBuffer target) throws ImageRefusedException {
        ByteBuffer input = direct(stored);
        if (isOneFrame(mapping, input, target)) {
            return;
        }
        try {
            zstd.reset();
            target.rewind();
            boolean frameEnded = zstd.decompressDirectByteBufferStream(target, input);
            if (target.hasRemaining()) {
                throw refused(mapping, target.position(), "the compressed cluster is damaged or too short");
            }
            if (!frameEnded && inflatesFurther(input)) {
                throw refused(mapping, target.capacity(), "the compressed cluster inflates to more than one cluster");
            }
        } catch (ZstdException e) {
            throw refused(mapping, String.valueOf(e.getMessage()), "the compressed cluster is damaged");
        }
    }

    /** Decodes the usual cluster, one frame and padding behind it, in one go and without a window of its own. */
    private boolean isOneFrame(Mapping mapping, ByteBuffer input, ByteBuffer target) {
        try {
            long frame = Zstd.findFrameCompressedSize(input.slice());
            return frame > 0 && frame <= input.remaining() && zstd.decompressDirectByteBuffer(target, target.position(),
                    target.remaining(), input, input.position(), (int) frame) == mapping.decodedLength()
                    && isFull(target);
        } catch (ZstdException e) {
            // The slow way says what is wrong.
            return false;
        }
    }

    private static boolean isFull(ByteBuffer target) {
        target.position(target.limit());
        return true;
    }

    private boolean inflatesFurther(ByteBuffer input) {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        zstd.decompressDirectByteBufferStream(one, input);
        return one.position() > 0;
    }

    private static ImageRefusedException refused(Mapping mapping, Object value, String message) {
        return new ImageRefusedException("image",
                new Violation("compressed-cluster", mapping.fileOffset(), String.valueOf(value), message));
    }

    @Override
    public void close() {
        raw.end();
        wrapped.end();
        zstd.close();
        if (libdeflate != null) {
            libdeflate.ifPresent(Libdeflate::close);
        }
    }
}
