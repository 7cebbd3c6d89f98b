package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the two headers ([MS-VHDX] 2.2.2): the one with the higher sequence number counts.
 *
 * @param sequence unsigned
 * @param logGuid identifies the log entries that count; zero for none
 * @param logOffset file offset of the log in bytes, unchecked
 * @param logLength bytes of the log, unchecked
 */
record VhdxHeader(long sequence, UUID logGuid, int logVersion, int version, long logOffset, long logLength) {

    static final ByteRange FIRST = new ByteRange(64 << 10, 4096);
    static final ByteRange SECOND = new ByteRange(128 << 10, 4096);

    /** The log is kept while the tables are read. */
    private static final long MAX_LOG = 32L << 20;

    private static final int SIGNATURE = 0x64616568; // "head"
    private static final UUID NONE = new UUID(0, 0);
    private static final int AT_LOG_VERSION = 64;
    private static final int AT_VERSION = 66;
    private static final int AT_LOG_LENGTH = 68;
    private static final int AT_LOG_OFFSET = 72;

    /** Null where signature or checksum is wrong: half a write may have been lost. */
    static @Nullable VhdxHeader read(ByteBuffer bytes) {
        ByteBuffer b = Fields.of(bytes);
        if (b.limit() != FIRST.length() || b.getInt(0) != SIGNATURE || !Fields.isIntact(b)) {
            return null;
        }
        return new VhdxHeader(b.getLong(8), Fields.guid(b, 48), Short.toUnsignedInt(b.getShort(AT_LOG_VERSION)),
                Short.toUnsignedInt(b.getShort(AT_VERSION)), b.getLong(AT_LOG_OFFSET),
                Integer.toUnsignedLong(b.getInt(AT_LOG_LENGTH)));
    }

    /** The one that counts, checked. Two identical ones, as Disk2VHD writes them, are one. */
    static VhdxHeader current(@Nullable VhdxHeader first, @Nullable VhdxHeader second, SafetyReport report)
            throws ImageRefusedException {
        if (first != null && second != null && first.sequence == second.sequence) {
            report.demand(VhdxCheck.HEADER, first.equals(second), FIRST.start(), first.sequence,
                    "both headers have the same sequence number and say different things");
        }
        boolean firstCounts = second == null
                || first != null && Long.compareUnsigned(first.sequence, second.sequence) >= 0;
        VhdxHeader current = firstCounts ? first : second;
        report.demand(VhdxCheck.HEADER, current != null, FIRST.start(), "", "both headers are damaged");
        if (current == null) {
            throw new IllegalStateException("not demanded");
        }
        current.check(firstCounts ? FIRST.start() : SECOND.start(), report);
        return current;
    }

    private void check(long at, SafetyReport report) throws ImageRefusedException {
        report.check(VhdxCheck.VERSION, version == 1, at + AT_VERSION, version, "only version 1 is supported");
        report.check(VhdxCheck.VERSION, logVersion == 0, at + AT_LOG_VERSION, logVersion,
                "only version 0 of the log is supported");
        report.check(VhdxCheck.LOG, logLength % Fields.MEGABYTE == 0 && logLength <= MAX_LOG, at + AT_LOG_LENGTH,
                logLength, "the log must have whole megabytes, at most " + MAX_LOG + " bytes");
        report.check(VhdxCheck.LOG, logLength > 0 || !hasLog(), at + AT_LOG_LENGTH, logLength,
                "the log must be replayed and has no content");
        report.enforce();
    }

    /** Whether the disk was not closed: what the log says must be applied. */
    boolean hasLog() {
        return !logGuid.equals(NONE);
    }
}
