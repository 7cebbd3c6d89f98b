package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides which of the passing bytes must be kept: those that no known mapping places and that may be needed. */
final class GapKeeper {

    /** Two compressed qcow2 clusters may share a sector, and the mapping of the second may come later. */
    private static final int SHARED_SECTOR = 512;

    private final DiskLayout layout;
    private final Spill spill;
    private final boolean journaled;

    GapKeeper(DiskLayout layout, Spill spill, boolean journaled) {
        this.layout = layout;
        this.spill = spill;
        this.journaled = journaled;
    }

    /**
     * Keeps the unplaced bytes of one window.
     *
     * @param window file range that passes
     * @param want the wanted range that is passing or next
     * @param endsBuffer whether the buffer ends with the window, so that a wanted range cannot be fed from it
     * @param placed pieces that are written from the window
     * @param open compressed clusters that began and go on behind the window
     * @param late clusters whose first bytes passed before they were known: all of them is kept
     * @param buffer holds the window; its index 0 is file offset {@code base}
     */
    void keep(ByteRange window, Optional<ByteRange> want, boolean endsBuffer, List<Piece> placed, List<Mapping> open,
            List<Mapping> late, ByteBuffer buffer, long base) throws IOException {
        long keepAllBefore = late.stream().mapToLong(OpenMappings::endOf).max().orElse(0);
        if (keepAllBefore > window.start()) {
            put(window.start(), Math.min(window.end(), keepAllBefore), buffer, base);
        }
        long covered = window.start();
        for (ByteRange range : covered(placed, open, window)) {
            if (range.start() > covered) {
                gap(covered, range.start(), want, endsBuffer, buffer, base);
            }
            covered = Math.max(covered, range.end());
        }
        if (covered < window.end()) {
            gap(covered, window.end(), want, endsBuffer, buffer, base);
        }
    }

    private static List<ByteRange> covered(List<Piece> placed, List<Mapping> open, ByteRange window) {
        List<ByteRange> covered = new ArrayList<>(placed.size() + open.size());
        for (Piece piece : placed) {
            long end = piece.plain() ? piece.to() : Math.max(piece.from(), piece.to() - SHARED_SECTOR);
            add(covered, piece.from(), Math.min(end, window.end()), window);
        }
        for (Mapping mapping : open) {
            add(covered, mapping.fileOffset(), Math.min(window.end(), OpenMappings.endOf(mapping) - SHARED_SECTOR),
                    window);
        }
        covered.sort(Comparator.naturalOrder());
        return covered;
    }

    private static void add(List<ByteRange> covered, long from, long to, ByteRange window) {
        long start = Math.max(from, window.start());
        if (to > start) {
            covered.add(new ByteRange(start, to - start));
        }
    }

    private void gap(long from, long to, Optional<ByteRange> want, boolean endsBuffer, ByteBuffer buffer, long base)
            throws IOException {
        long wantedFrom = want.map(w -> Math.clamp(w.start(), from, to)).orElse(to);
        long wantedTo = want.map(w -> Math.clamp(w.end(), from, to)).orElse(to);
        if (wantedFrom > from && layout.mayNeedLater(new ByteRange(from, wantedFrom - from))) {
            put(from, wantedFrom, buffer, base);
        }
        boolean fedLater = endsBuffer && want.isPresent() && want.get().end() > to;
        if (wantedTo > wantedFrom && (journaled || fedLater)) {
            put(wantedFrom, wantedTo, buffer, base);
        }
        if (to > wantedTo && layout.mayNeedLater(new ByteRange(wantedTo, to - wantedTo))) {
            put(wantedTo, to, buffer, base);
        }
    }

    private void put(long from, long to, ByteBuffer buffer, long base) throws IOException {
        if (to > from) {
            spill.put(from, buffer.slice((int) (from - base), (int) (to - from)));
        }
    }
}
