package io.datavolume.importer.digest;

import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * Bouncy Castle's digest: resumable, several times slower. The only class here that names its classes: their jar is
 * signed, and to load the first of them takes a tenth of a second.
 */
final class PortableDigest implements RunningDigest {

    private final ExtendedDigest digest;

    private PortableDigest(ExtendedDigest digest) {
        this.digest = digest;
    }

    static PortableDigest start(String algorithm) {
        return new PortableDigest(switch (algorithm) {
            case "md5" -> new MD5Digest();
            case "sha1" -> new SHA1Digest();
            case "sha256" -> new SHA256Digest();
            case "sha512" -> new SHA512Digest();
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        });
    }

    /** @param state Bouncy Castle's own */
    static PortableDigest resume(String algorithm, byte[] state) {
        return new PortableDigest(switch (algorithm) {
            case "md5" -> new MD5Digest(state);
            case "sha1" -> new SHA1Digest(state);
            case "sha256" -> new SHA256Digest(state);
            case "sha512" -> new SHA512Digest(state);
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        });
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public byte[] state() {
        return ResumableDigest.marked(ResumableDigest.PORTABLE, ((EncodableDigest) digest).getEncodedState());
    }

    @Override
    public byte[] finish() {
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }
}
