package io.datavolume.importer.digest;

import io.datavolume.image.os.Libcrypto;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * Digests whose state can be written down: libcrypto's where it is installed, else Bouncy Castle's, which are several
 * times slower. The JDK's cannot do it, and serve where nothing is resumed.
 */
final class ResumableDigest implements RunningDigest {

    /** First byte of a state: whose it is. */
    static final byte NATIVE = 'N';
    private static final byte PORTABLE = 'P';

    private final ExtendedDigest digest;

    private ResumableDigest(ExtendedDigest digest) {
        this.digest = digest;
    }

    static RunningDigest start(String algorithm) {
        Optional<Libcrypto> fast = Libcrypto.start(algorithm);
        return fast.isPresent() ? new NativeDigest(fast.get()) : portable(algorithm);
    }

    static RunningDigest portable(String algorithm) {
        return new ResumableDigest(switch (algorithm) {
            case "md5" -> new MD5Digest();
            case "sha1" -> new SHA1Digest();
            case "sha256" -> new SHA256Digest();
            case "sha512" -> new SHA512Digest();
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        });
    }

    /**
     * @param state by {@link #state} of the same algorithm; anything else, and that of a library which is no longer
     *     installed, is an IllegalArgumentException
     */
    static RunningDigest resume(String algorithm, byte[] state) {
        try {
            byte[] inner = Arrays.copyOfRange(state, 1, state.length);
            return switch (state[0]) {
                case NATIVE -> new NativeDigest(Libcrypto.resume(algorithm, inner).orElseThrow());
                case PORTABLE -> resumePortable(algorithm, inner);
                default -> throw new IllegalArgumentException("no library " + state[0]);
            };
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the journal's digest state is damaged", e);
        }
    }

    private static RunningDigest resumePortable(String algorithm, byte[] state) {
        return new ResumableDigest(switch (algorithm) {
            case "md5" -> new MD5Digest(state);
            case "sha1" -> new SHA1Digest(state);
            case "sha256" -> new SHA256Digest(state);
            case "sha512" -> new SHA512Digest(state);
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        });
    }

    static byte[] marked(byte mark, byte[] state) {
        byte[] marked = new byte[state.length + 1];
        marked[0] = mark;
        System.arraycopy(state, 0, marked, 1, state.length);
        return marked;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public byte[] state() {
        return marked(PORTABLE, ((EncodableDigest) digest).getEncodedState());
    }

    @Override
    public byte[] finish() {
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }
}
