package io.datavolume.importer.digest;

import io.datavolume.image.os.Libcrypto;
import java.util.Arrays;
import java.util.Optional;

/**
 * Digests whose state can be written down: libcrypto's where it is installed, else Bouncy Castle's. The JDK's cannot do
 * it, and serve where nothing is resumed.
 */
final class ResumableDigest {

    /** First byte of a state: whose it is. */
    static final byte NATIVE = 'N';
    static final byte PORTABLE = 'P';

    private ResumableDigest() {}

    static RunningDigest start(String algorithm) {
        Optional<Libcrypto> fast = Libcrypto.start(algorithm);
        return fast.isPresent() ? new NativeDigest(fast.get()) : PortableDigest.start(algorithm);
    }

    /**
     * @param state by {@link RunningDigest#state} of the same algorithm; anything else, and that of a library which is no
     *     longer installed, is an IllegalArgumentException
     */
    static RunningDigest resume(String algorithm, byte[] state) {
        try {
            byte[] inner = Arrays.copyOfRange(state, 1, state.length);
            return switch (state[0]) {
                case NATIVE -> new NativeDigest(Libcrypto.resume(algorithm, inner).orElseThrow());
                case PORTABLE -> PortableDigest.resume(algorithm, inner);
                default -> throw new IllegalArgumentException("no library " + state[0]);
            };
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the journal's digest state is damaged", e);
        }
    }

    /** A state with the mark of its library. */
    static byte[] marked(byte mark, byte[] state) {
        byte[] marked = new byte[state.length + 1];
        marked[0] = mark;
        System.arraycopy(state, 0, marked, 1, state.length);
        return marked;
    }
}
