package io.datavolume.image.os;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Inflates whole blocks with <a href="https://github.com/ebiggers/libdeflate">libdeflate</a> where it is installed,
 * about three times as fast as zlib. Not thread-safe.
 */
public final class Libdeflate implements AutoCloseable {

    private static final String LIBRARY = "libdeflate.so.0";
    private static final int SUCCESS = 0;

    private long decompressor;

    private Libdeflate(long decompressor) {
        this.decompressor = decompressor;
    }

    /** Empty where the library is missing or this is no 64-bit Linux. */
    public static Optional<Libdeflate> open() {
        if (!Functions.LOADED) {
            return Optional.empty();
        }
        long opened = Functions.libdeflate_alloc_decompressor();
        return opened == 0 ? Optional.empty() : Optional.of(new Libdeflate(opened));
    }

    /**
     * Inflates one block.
     *
     * @param wrapped whether it is a zlib stream (RFC 1950) and not bare deflate (RFC 1951)
     * @param stored direct; from position to limit, may go on behind the end of the stream; not moved
     * @param target direct; filled from position to limit; not moved
     * @return whether the stream is sound and gave exactly as many bytes as the target had room for
     */
    public boolean inflate(boolean wrapped, ByteBuffer stored, ByteBuffer target) {
        if (decompressor == 0 || !stored.isDirect() || !target.isDirect() || target.isReadOnly()) {
            throw new IllegalStateException("needs an open decompressor and direct buffers");
        }
        long from = MemorySegment.ofBuffer(stored).address();
        long to = MemorySegment.ofBuffer(target).address();
        int result = wrapped
                ? Functions.libdeflate_zlib_decompress(decompressor, from, stored.remaining(), to, target.remaining(),
                        0)
                : Functions.libdeflate_deflate_decompress(decompressor, from, stored.remaining(), to,
                        target.remaining(), 0);
        return result == SUCCESS;
    }

    @Override
    public void close() {
        if (decompressor != 0) {
            Functions.libdeflate_free_decompressor(decompressor);
            decompressor = 0;
        }
    }

    /** The C functions as they are; a null for the actual length demands that the target is filled. */
    private static final class Functions {

        static final boolean LOADED = load();

        private Functions() {}

        private static boolean load() {
            if (!LoadedCalls.isSupportedSystem()) {
                return false;
            }
            try {
                Native.register(Functions.class, NativeLibrary.getInstance(LIBRARY));
                return true;
            } catch (LinkageError | IllegalArgumentException e) {
                return false;
            }
        }

        static native long libdeflate_alloc_decompressor();

        static native void libdeflate_free_decompressor(long decompressor);

        static native int libdeflate_deflate_decompress(long decompressor, long in, long inLength, long out,
                long outLength, long actual);

        static native int libdeflate_zlib_decompress(long decompressor, long in, long inLength, long out,
                long outLength, long actual);
    }
}
