package io.datavolume.importer.digest;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.compress.StageStream;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes the source's bytes on and computes their checksum. It keeps snapshots of the digest, so that a transfer can
 * go on near where it was without hashing from the beginning.
 */
public final class DigestStage extends StageStream {

    private static final int DRAIN = 1 << 16;

    private final InputStream upstream;
    private final Checksum expected;
    private final DigestLog digest;

    private DigestStage(InputStream upstream, Checksum expected, DigestLog digest) {
        this.upstream = upstream;
        this.expected = expected;
        this.digest = digest;
    }

    /** @param resumable whether restart points are wanted, which costs speed */
    public static DigestStage start(InputStream upstream, Checksum expected, boolean resumable) {
        return new DigestStage(upstream, expected, resumable
                ? DigestLog.resumable(expected.algorithm())
                : DigestLog.plain(expected.algorithm()));
    }

    /** @throws IllegalArgumentException when the state is not one of this algorithm */
    public static DigestStage resume(InputStream upstream, Checksum expected, RestartPoint from) {
        return from.offset() == 0
                ? start(upstream, expected, true)
                : new DigestStage(upstream, expected, DigestLog.resume(expected.algorithm(), from));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = upstream.read(bytes, offset, length);
        if (n > 0) {
            digest.update(bytes, offset, n);
        }
        return n;
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        return digest.restartBefore(offset);
    }

    /**
     * Reads what is left and compares.
     *
     * @throws NeedsUserException with {@link Reason#CHECKSUM} when the bytes are not the expected ones
     */
    public void verify() throws IOException {
        byte[] rest = new byte[DRAIN];
        while (read(rest, 0, rest.length) >= 0) {
            // only the digest needs what no decoder asked for
        }
        String actual = digest.finish();
        if (!actual.equals(expected.hex())) {
            throw new NeedsUserException(Reason.CHECKSUM,
                    "checksum mismatch: expected " + expected.algorithm() + ":" + expected.hex() + ", calculated "
                            + expected.algorithm() + ":" + actual
                            + ". The source is not what was expected; check the checksum and the location");
        }
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}
