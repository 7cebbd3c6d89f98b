package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of a blob, checked against its descriptor while they flow: a blob that is longer is cut before the
 * first byte too many, one that is shorter or has another digest fails at its end. What was read before counts only
 * once the end was reached without an error.
 */
final class VerifiedBlobStream extends InputStream {

    private static final int MAX_READ = 1 << 20;

    private final InputStream upstream;
    private final Descriptor descriptor;
    private final MessageDigest hash;
    private long position;
    private boolean verified;

    VerifiedBlobStream(InputStream upstream, Descriptor descriptor) {
        this.upstream = upstream;
        this.descriptor = descriptor;
        this.hash = descriptor.digest().algorithm().start();
    }

    /** Whether all bytes were read and are what the descriptor says. */
    boolean verified() {
        return verified;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (verified) {
            return -1;
        }
        long left = descriptor.size() - position;
        if (left == 0) {
            verifyEnd();
            return -1;
        }
        int n = upstream.read(buffer, offset, (int) Math.min(Math.min(length, MAX_READ), left));
        if (n < 0) {
            throw mismatch("it ends after " + position + " of " + descriptor.size() + " bytes");
        }
        hash.update(buffer, offset, n);
        position += n;
        if (position == descriptor.size()) {
            verifyEnd();
        }
        return n;
    }

    private void verifyEnd() throws IOException {
        if (upstream.read() >= 0) {
            throw mismatch("it is longer than its " + descriptor.size() + " bytes");
        }
        String hex = HexFormat.of().formatHex(hash.digest());
        if (!hex.equals(descriptor.digest().hex())) {
            throw mismatch("the digest of its bytes is " + descriptor.digest().algorithm().id() + ":" + hex);
        }
        verified = true;
    }

    private NeedsUserException mismatch(String why) {
        return new NeedsUserException(NeedsUserException.Reason.CHECKSUM, "Failed to read registry image: blob "
                + descriptor.digest() + " is damaged: " + why + "; push the image again");
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}
