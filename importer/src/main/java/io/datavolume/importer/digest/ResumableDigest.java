package io.datavolume.importer.digest;

import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * A digest whose state can be written down. The JDK's digests are faster and cannot; so they serve where nothing is
 * resumed, and Bouncy Castle's where a journal is kept.
 */
final class ResumableDigest implements RunningDigest {

    private final ExtendedDigest digest;

    private ResumableDigest(ExtendedDigest digest) {
        this.digest = digest;
    }

    static ResumableDigest start(String algorithm) {
        return new ResumableDigest(switch (algorithm) {
            case "md5" -> new MD5Digest();
            case "sha1" -> new SHA1Digest();
            case "sha256" -> new SHA256Digest();
            case "sha512" -> new SHA512Digest();
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        });
    }

    /** @param state by {@link #state} of the same algorithm; anything else is an IllegalArgumentException */
    static ResumableDigest resume(String algorithm, byte[] state) {
        try {
            return new ResumableDigest(switch (algorithm) {
                case "md5" -> new MD5Digest(state);
                case "sha1" -> new SHA1Digest(state);
                case "sha256" -> new SHA256Digest(state);
                case "sha512" -> new SHA512Digest(state);
                default -> throw new IllegalArgumentException("no digest " + algorithm);
            });
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the journal's digest state is damaged", e);
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public byte[] state() {
        return ((EncodableDigest) digest).getEncodedState();
    }

    @Override
    public byte[] finish() {
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }
}
