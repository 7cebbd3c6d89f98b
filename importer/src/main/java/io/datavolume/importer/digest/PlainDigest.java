package io.datavolume.importer.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's digest: fast, not resumable. */
final class PlainDigest implements RunningDigest {

    private final MessageDigest digest;

    PlainDigest(String algorithm) {
        try {
            digest = MessageDigest.getInstance(switch (algorithm) {
                case "md5" -> "MD5";
                case "sha1" -> "SHA-1";
                case "sha256" -> "SHA-256";
                case "sha512" -> "SHA-512";
                default -> throw new IllegalArgumentException("no digest " + algorithm);
            });
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public byte[] state() {
        return new byte[0];
    }

    @Override
    public byte[] finish() {
        return digest.digest();
    }
}
