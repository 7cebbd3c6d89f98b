package io.datavolume.importer.digest;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.compress.StageStream;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes the source's bytes on and computes their checksum. It keeps snapshots of the digest, so that a transfer can
 * go on near where it was without hashing from the beginning.
 */
public final class DigestStage extends StageStream {

    private static final long SPACING = 1 << 20;
    private static final int MAX_SNAPSHOTS = 4096;
    private static final int DRAIN = 1 << 16;

    private final InputStream upstream;
    private final Checksum expected;
    private final RunningDigest digest;
    private final boolean resumable;
    private final TreeMap<Long, byte[]> snapshots = new TreeMap<>();
    private long position;
    private long spacing = SPACING;
    private long nextSnapshot;

    private DigestStage(InputStream upstream, Checksum expected, RunningDigest digest, boolean resumable, long start) {
        this.upstream = upstream;
        this.expected = expected;
        this.digest = digest;
        this.resumable = resumable;
        this.position = start;
        this.nextSnapshot = start;
    }

    /** @param resumable whether restart points are wanted, which costs speed */
    public static DigestStage start(InputStream upstream, Checksum expected, boolean resumable) {
        RunningDigest digest = resumable
                ? ResumableDigest.start(expected.algorithm())
                : new PlainDigest(expected.algorithm());
        return new DigestStage(upstream, expected, digest, resumable, 0);
    }

    /** @throws IllegalArgumentException when the state is not one of this algorithm */
    public static DigestStage resume(InputStream upstream, Checksum expected, RestartPoint from) {
        return from.offset() == 0
                ? start(upstream, expected, true)
                : new DigestStage(upstream, expected,
                        ResumableDigest.resume(expected.algorithm(), from.state()), true, from.offset());
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
            take(bytes, offset, n);
        }
        return n;
    }

    private synchronized void take(byte[] bytes, int offset, int length) {
        if (resumable && position >= nextSnapshot) {
            snapshots.put(position, digest.state());
            if (snapshots.size() > MAX_SNAPSHOTS) {
                thinOut();
            }
            nextSnapshot = position + spacing;
        }
        digest.update(bytes, offset, length);
        position += length;
    }

    private void thinOut() {
        spacing *= 2;
        long last = Long.MIN_VALUE;
        for (var all = snapshots.keySet().iterator(); all.hasNext();) {
            long at = all.next();
            if (last != Long.MIN_VALUE && at - last < spacing) {
                all.remove();
            } else {
                last = at;
            }
        }
    }

    @Override
    public synchronized RestartPoint restartBefore(long offset) {
        Map.Entry<Long, byte[]> entry = snapshots.floorEntry(offset);
        if (entry == null || entry.getKey() == 0) {
            return RestartPoint.START;
        }
        return new RestartPoint(entry.getKey(), entry.getKey(), entry.getValue());
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
        String actual = HexFormat.of().formatHex(digest.finish());
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
