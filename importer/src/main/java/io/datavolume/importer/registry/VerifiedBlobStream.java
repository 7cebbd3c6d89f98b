package io.datavolume.importer.registry;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.compress.StageStream;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.digest.DigestLog;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a blob, checked against its descriptor while they flow: a blob that is longer is cut before the
 * first byte too many, one that is shorter or has another digest fails at its end. What was read before counts only
 * once the end was reached without an error.
 */
final class VerifiedBlobStream extends StageStream {

    private static final int MAX_READ = 1 << 20;

    private final InputStream upstream;
    private final Descriptor descriptor;
    private final DigestLog digest;
    private boolean verified;

    private VerifiedBlobStream(InputStream upstream, Descriptor descriptor, DigestLog digest) {
        this.upstream = upstream;
        this.descriptor = descriptor;
        this.digest = digest;
    }

    /** @param restartable whether restart points may be asked for; {@link #settle} then ends what they cost */
    static VerifiedBlobStream start(InputStream upstream, Descriptor descriptor, boolean restartable) {
        String algorithm = descriptor.digest().algorithm().id();
        return new VerifiedBlobStream(upstream, descriptor,
                restartable ? DigestLog.undecided(algorithm) : DigestLog.plain(algorithm));
    }

    /**
     * @param upstream the blob from the point's offset on
     * @throws IllegalArgumentException when the point cannot be one of this blob
     */
    static VerifiedBlobStream resume(InputStream upstream, Descriptor descriptor, RestartPoint from) {
        return from.offset() == 0
                ? start(upstream, descriptor, true)
                : new VerifiedBlobStream(upstream, descriptor,
                        DigestLog.resume(descriptor.digest().algorithm().id(), from));
    }

    /** Says whether restart points are of use; without need for them the digest is faster. */
    void settle(boolean restartPointsAreOfUse) {
        digest.settle(restartPointsAreOfUse);
    }

    /** Bytes of the blob that were read, those before a resumption too. */
    long position() {
        return digest.position();
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        return digest.restartBefore(offset);
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
        long left = descriptor.size() - position();
        if (left == 0) {
            verifyEnd();
            return -1;
        }
        int n = upstream.read(buffer, offset, (int) Math.min(Math.min(length, MAX_READ), left));
        if (n < 0) {
            throw mismatch("it ends after " + position() + " of " + descriptor.size() + " bytes");
        }
        digest.update(buffer, offset, n);
        if (n == left) {
            verifyEnd();
        }
        return n;
    }

    private void verifyEnd() throws IOException {
        if (upstream.read() >= 0) {
            throw mismatch("it is longer than its " + descriptor.size() + " bytes");
        }
        String hex = digest.finish();
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
