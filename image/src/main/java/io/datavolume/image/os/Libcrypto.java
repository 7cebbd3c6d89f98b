package io.datavolume.image.os;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests of <a href="https://docs.openssl.org/3.0/man3/SHA256_Init/">OpenSSL's libcrypto</a> where it is installed: as
 * fast as the JDK's, and their state is a plain structure that can be kept and taken up again. Not thread-safe.
 */
public final class Libcrypto {

    private static final String LIBRARY = "libcrypto.so.3";
    private static final int STEP = 64 << 10;
    private static final Map<String, Layout> LAYOUTS = Map.of("md5", new Layout("MD5", 92, 88, 64, 16, false),
            "sha1", new Layout("SHA1", 96, 92, 64, 20, false), "sha256", new Layout("SHA256", 112, 104, 64, 32, true),
            "sha512", new Layout("SHA512", 216, 208, 128, 64, true));

    /**
     * A context of {@code openssl/md5.h} or {@code sha.h}, the same in all versions since 0.9.8.
     *
     * @param size bytes of the structure
     * @param filled where the number of bytes in its block stands
     * @param block bytes of a block, of which it never holds a whole one
     * @param length bytes of the result
     * @param tellsLength whether the result's length stands behind {@code filled}
     */
    private record Layout(String prefix, int size, int filled, int block, int length, boolean tellsLength) {

        boolean isSound(ByteBuffer state) {
            int held = state.getInt(filled);
            return held >= 0 && held < block && (!tellsLength || state.getInt(filled + Integer.BYTES) == length);
        }
    }

    private final Layout layout;
    private final Function init;
    private final Function update;
    private final Function finish;
    private final ByteBuffer context;
    private final ByteBuffer step = ByteBuffer.allocateDirect(STEP);

    private Libcrypto(NativeLibrary library, Layout layout) {
        this.layout = layout;
        this.init = library.getFunction(layout.prefix + "_Init");
        this.update = library.getFunction(layout.prefix + "_Update");
        this.finish = library.getFunction(layout.prefix + "_Final");
        this.context = ByteBuffer.allocateDirect(layout.size).order(ByteOrder.nativeOrder());
    }

    /**
     * A digest of nothing yet; empty where the library is missing or this is no 64-bit Linux.
     *
     * @param algorithm {@code md5}, {@code sha1}, {@code sha256} or {@code sha512}
     */
    public static Optional<Libcrypto> start(String algorithm) {
        Optional<Libcrypto> digest = open(algorithm);
        digest.ifPresent(d -> check(d.init, d.init.invokeInt(new Object[]{address(d.context)})));
        return digest;
    }

    /**
     * Goes on from a state, as {@link #start}.
     *
     * @param state by {@link #state} of the same algorithm on a machine of this kind
     * @throws IllegalArgumentException when it cannot be one
     */
    public static Optional<Libcrypto> resume(String algorithm, byte[] state) {
        Optional<Libcrypto> digest = open(algorithm);
        digest.ifPresent(d -> {
            if (state.length != d.layout.size || !d.layout.isSound(ByteBuffer.wrap(state).order(d.context.order()))) {
                throw new IllegalArgumentException("no state of " + algorithm + ": " + state.length + " bytes");
            }
            d.context.duplicate().put(state);
        });
        return digest;
    }

    private static Optional<Libcrypto> open(String algorithm) {
        Layout layout = LAYOUTS.get(algorithm);
        if (layout == null) {
            throw new IllegalArgumentException("no digest " + algorithm);
        }
        return Library.LOADED == null ? Optional.empty() : Optional.of(new Libcrypto(Library.LOADED, layout));
    }

    /** Any length; bytes are copied to where the library can read them. */
    public void update(byte[] bytes, int offset, int length) {
        for (int at = 0; at < length;) {
            int count = Math.min(STEP, length - at);
            step.clear().put(bytes, offset + at, count);
            check(update, update.invokeInt(new Object[]{address(context), address(step), (long) count}));
            at += count;
        }
    }

    /** A copy of the structure: a few hundred bytes, of this machine's byte order. */
    public byte[] state() {
        byte[] state = new byte[layout.size];
        context.duplicate().clear().get(state);
        return state;
    }

    /** The digest of all; nothing may be added after it. */
    public byte[] finish() {
        check(finish, finish.invokeInt(new Object[]{address(step), address(context)}));
        byte[] result = new byte[layout.length];
        step.duplicate().clear().get(result);
        return result;
    }

    private static long address(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }

    private static void check(Function function, int result) {
        if (result != 1) {
            throw new IllegalStateException("libcrypto's " + function.getName() + " failed: " + result);
        }
    }

    private static final class Library {

        static final @Nullable NativeLibrary LOADED = load();

        private Library() {}

        private static @Nullable NativeLibrary load() {
            if (!LoadedCalls.isSupportedSystem()) {
                return null;
            }
            try {
                NativeLibrary library = NativeLibrary.getInstance(LIBRARY);
                for (Layout layout : LAYOUTS.values()) {
                    for (String function : new String[]{"_Init", "_Update", "_Final"}) {
                        library.getFunction(layout.prefix + function);
                    }
                }
                return library;
            } catch (LinkageError e) {
                return null;
            }
        }
    }
}
