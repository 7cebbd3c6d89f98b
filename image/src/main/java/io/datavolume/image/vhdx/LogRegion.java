package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of a disk that was not closed ([MS-VHDX] 2.3). It is read as a whole; of its entries the newest sequence
 * counts, from the tail that its last entry names to that entry.
 */
final class LogRegion {

    private final VhdxHeader header;
    private final SafetyReport report;
    private byte[] content = {};
    private int fed;
    private long flushed;

    LogRegion(VhdxHeader header, SafetyReport report) {
        this.header = header;
        this.report = report;
    }

    boolean isComplete() {
        return fed == header.logLength();
    }

    ByteRange next() {
        return new ByteRange(header.logOffset() + fed, Math.min(DiskLayout.MAX_WANTED, header.logLength() - fed));
    }

    void feed(ByteRange piece, ByteBuffer bytes) throws ImageRefusedException {
        report.demand(VhdxCheck.LOG, bytes.remaining() == piece.length(), piece.start(), bytes.remaining(),
                "the file ends inside the log");
        if (fed == 0) {
            content = new byte[(int) header.logLength()];
        }
        bytes.get(bytes.position(), content, fed, bytes.remaining());
        fed += bytes.remaining();
    }

    /** Finds what the log changes; its content is kept only where it does. */
    LogOverlay replay() throws ImageRefusedException {
        LogSectors log = new LogSectors(content, header.logGuid());
        content = new byte[0];
        @Nullable
        LogEntry[] entries = new LogEntry[log.count()];
        for (int sector = 0; sector < log.count(); sector++) {
            entries[sector] = LogEntry.read(log, sector);
        }
        List<LogEntry> active = active(entries);
        report.demand(VhdxCheck.LOG, !active.isEmpty(), header.logOffset(), header.logGuid(),
                "the disk was not closed and its log cannot be replayed, "
                        + (log.fault().isEmpty() ? "it has no complete sequence of entries" : log.fault()));
        LogOverlay overlay = new LogOverlay();
        long patches = active.stream().mapToLong(LogEntry::descriptors).sum();
        report.demand(VhdxCheck.LOG, patches <= LogOverlay.MAX_PATCHES, header.logOffset(), patches,
                "the log changes more places than " + LogOverlay.MAX_PATCHES);
        active.forEach(entry -> entry.apply(log, overlay));
        flushed = Math.max(0, active.getLast().flushed());
        return overlay;
    }

    /** The newest of all sequences that begin anywhere. */
    private static List<LogEntry> active(@Nullable LogEntry[] entries) {
        List<LogEntry> newest = List.of();
        for (int sector = 0; sector < entries.length; sector++) {
            LogEntry first = entries[sector];
            if (first != null && (newest.isEmpty() || !newest.contains(first))) {
                List<LogEntry> sequence = fromTail(chain(entries, first));
                if (!sequence.isEmpty()
                        && (newest.isEmpty() || sequence.getLast().sequence() > newest.getLast().sequence())) {
                    newest = sequence;
                }
            }
        }
        return newest;
    }

    /** Entries that follow one another in place and number, at most once around. */
    private static List<LogEntry> chain(@Nullable LogEntry[] entries, LogEntry first) {
        List<LogEntry> chain = new ArrayList<>();
        LogEntry next = first;
        for (int sectors = first.sectors(); next != null && sectors <= entries.length;) {
            chain.add(next);
            LogEntry following = entries[(next.sector() + next.sectors()) % entries.length];
            boolean follows = following != null && following.sequence() == next.sequence() + 1;
            next = follows ? following : null;
            sectors += next == null ? 0 : next.sectors();
        }
        return chain;
    }

    /** The part of the chain that its last entry says to count; empty where the tail is not in the chain. */
    private static List<LogEntry> fromTail(List<LogEntry> chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).sector() == chain.getLast().tail()) {
                return List.copyOf(chain.subList(i, chain.size()));
            }
        }
        return List.of();
    }

    /** Demands that nothing that was written before the log was is lost. */
    void requireFlushed(long fileLength) throws ImageRefusedException {
        report.demand(VhdxCheck.LOG, flushed <= fileLength, header.logOffset(), flushed,
                "the file was longer when its log was written than it is now (" + fileLength + " bytes)");
    }
}
