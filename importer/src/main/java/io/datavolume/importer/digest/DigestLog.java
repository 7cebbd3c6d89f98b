package io.datavolume.importer.digest;

import io.datavolume.image.compress.RestartPoint;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of bytes in their order that keeps snapshots of itself, so that it can go on near where it was without
 * hashing from the beginning. Snapshots cost speed; so it may also begin both ways and be told later whether they are
 * of use. One thread updates, another may ask for points.
 */
public final class DigestLog {

    private static final long SPACING = 1 << 20;
    private static final int MAX_SNAPSHOTS = 4096;

    private final TreeMap<Long, byte[]> snapshots = new TreeMap<>();
    private @Nullable RunningDigest plain;
    private @Nullable RunningDigest resumable;
    private long position;
    private long spacing = SPACING;
    private long nextSnapshot;

    private DigestLog(@Nullable RunningDigest plain, @Nullable RunningDigest resumable, long start) {
        this.plain = plain;
        this.resumable = resumable;
        this.position = start;
        this.nextSnapshot = start;
    }

    /** Without snapshots. */
    public static DigestLog plain(String algorithm) {
        return new DigestLog(new PlainDigest(algorithm), null, 0);
    }

    /** With snapshots from the beginning on. */
    public static DigestLog resumable(String algorithm) {
        return new DigestLog(null, ResumableDigest.start(algorithm), 0);
    }

    /** Both ways, until {@link #settle} is called; where one is as fast as the other, with snapshots only. */
    public static DigestLog undecided(String algorithm) {
        RunningDigest resumable = ResumableDigest.start(algorithm);
        return new DigestLog(resumable instanceof NativeDigest ? null : new PlainDigest(algorithm), resumable, 0);
    }

    /** @throws IllegalArgumentException when the state is not one of this algorithm */
    public static DigestLog resume(String algorithm, RestartPoint from) {
        return new DigestLog(null, ResumableDigest.resume(algorithm, from.state()), from.offset());
    }

    /** Goes on one way where it began both ways. */
    public synchronized void settle(boolean snapshotsAreOfUse) {
        if (plain == null || resumable == null) {
            return;
        }
        if (snapshotsAreOfUse) {
            plain = null;
        } else {
            resumable = null;
            snapshots.clear();
        }
    }

    public synchronized void update(byte[] bytes, int offset, int length) {
        if (resumable != null) {
            if (position >= nextSnapshot) {
                snapshots.put(position, resumable.state());
                if (snapshots.size() > MAX_SNAPSHOTS) {
                    thinOut();
                }
                nextSnapshot = position + spacing;
            }
            resumable.update(bytes, offset, length);
        }
        if (plain != null) {
            plain.update(bytes, offset, length);
        }
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

    /** Bytes that were hashed, those before a resumption too. */
    public synchronized long position() {
        return position;
    }

    /** The last snapshot at or before an offset, or the beginning. */
    public synchronized RestartPoint restartBefore(long offset) {
        Map.Entry<Long, byte[]> entry = snapshots.floorEntry(offset);
        if (entry == null || entry.getKey() == 0) {
            return RestartPoint.START;
        }
        return new RestartPoint(entry.getKey(), entry.getKey(), entry.getValue());
    }

    /** The digest in lower-case hexadecimal; ends it. */
    public synchronized String finish() {
        RunningDigest digest = plain == null ? resumable : plain;
        if (digest == null) {
            throw new IllegalStateException("there is always a digest");
        }
        return HexFormat.of().formatHex(digest.finish());
    }
}
