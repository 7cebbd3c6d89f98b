package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The state of one forward pass: feeds the layout as metadata passes, and sorts data into volume and spill. */
final class ForwardPass {

    /** Of a source whose length is not known; what is asked for as scratch space has to end somewhere. */
    private static final long MAX_SOURCE = 64L << 40;
    private static final int MAX_PIECE = 1 << 20;

    private final DiskLayout layout;
    private final Volume volume;
    private final Spill spill;
    private final ForwardJournal journal;
    private final Counters counters;
    private final OpenMappings mappings;
    private final PieceTasks tasks;
    private final EmptyExtents empties;
    private final GapKeeper gaps;
    private final OpenEnd openEnd;
    private final List<Mapping> late = new ArrayList<>();
    private final long resumedAt;

    private long position;
    private long base;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private long data;
    private boolean prepared;

    ForwardPass(DiskLayout layout, Volume volume, Spill spill, ForwardJournal journal, Counters counters,
            OpenMappings mappings, PieceTasks tasks, OpenEnd openEnd, long start) throws IOException {
        this.layout = layout;
        this.volume = volume;
        this.spill = spill;
        this.journal = journal;
        this.counters = counters;
        this.mappings = mappings;
        this.tasks = tasks;
        this.openEnd = openEnd;
        this.empties = new EmptyExtents(volume);
        this.gaps = new GapKeeper(layout, spill, journal.isKept());
        this.position = start;
        this.base = start;
        this.resumedAt = start;
        feedPassed(false);
    }

    /** Whether the disk is all that follows, which the target's capacity bounds. */
    boolean isOpenEnded() {
        return openEnd.isOpen();
    }

    /** Offset in the image file of the first byte that was not taken. */
    long position() {
        return position;
    }

    /**
     * Takes the bytes of one buffer.
     *
     * @param lease ends with the new bytes; before them stand those that the last call returned
     * @param last whether the stream ends with it
     * @return the end of the buffer that belongs to a compressed cluster which is not complete
     */
    byte[] take(BufferPool.Lease lease, boolean last) throws IOException {
        current = lease.buffer();
        long end = base + current.limit();
        List<Piece> pieces = new ArrayList<>();
        while (position < end) {
            Optional<ByteRange> want = nextWanted();
            long to = want.isPresent() ? Math.min(end, want.get().end()) : end;
            List<Piece> here = mappings.take(position, to, last && to == end);
            gaps.keep(new ByteRange(position, to - position), want, to == end, here, mappings.openCompressed(), late,
                    current, base);
            pieces.addAll(here);
            position = to;
            openEnd.passed(position);
            feedPassed(false);
            writeLate(false);
        }
        openEnd.remember(current);
        tasks.submit(pieces, lease, base);
        long open = Math.min(mappings.firstOpen(), end);
        byte[] carry = new byte[(int) (end - open)];
        current.get((int) (open - base), carry);
        base = open;
        current = ByteBuffer.wrap(carry);
        return carry;
    }

    /**
     * Ends the pass: last checks, and what only the length decides.
     *
     * @return the virtual size in bytes
     */
    long end() throws IOException {
        feedPassed(true);
        long imageBytes = openEnd.imageBytes(position);
        layout.end(imageBytes, this::accept);
        writeLate(true);
        if (!mappings.isEmpty() && !openEnd.isOpen() || !late.isEmpty()) {
            throw refused("truncated", position, position, "the image ends before data that its tables name");
        }
        empties.flush();
        long size = imageBytes < position ? imageBytes : layout.virtualSize().orElseThrow();
        if (!prepared) {
            volume.prepare(size);
        }
        return size;
    }

    /** The wanted range that is passing or will pass next. */
    private Optional<ByteRange> nextWanted() {
        return layout.wanted().stream().filter(r -> r.end() > position).findFirst();
    }

    /** Feeds every wanted range that has passed, as long as there is one. */
    private void feedPassed(boolean ended) throws IOException {
        boolean fed = false;
        for (Optional<ByteRange> next = passed(ended); next.isPresent(); next = passed(ended)) {
            ByteRange range = next.get();
            long start = Math.min(range.start(), position);
            layout.feed(range, fetch(new ByteRange(start, Math.min(range.end(), position) - start)), this::accept);
            fed = true;
        }
        if (fed) {
            requireRoom();
        }
    }

    private Optional<ByteRange> passed(boolean ended) {
        List<ByteRange> wanted = layout.wanted();
        return wanted.isEmpty() || !ended && wanted.getFirst().end() > position
                ? Optional.empty()
                : Optional.of(wanted.getFirst());
    }

    /** Bytes that have passed: from the current buffer, and from the spill what lies before it. */
    private ByteBuffer fetch(ByteRange range) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
        long fromSpill = Math.min(range.end(), Math.max(range.start(), base)) - range.start();
        if (fromSpill > 0) {
            if (!spill.contains(new ByteRange(range.start(), fromSpill))) {
                throw refused("metadata-place", range.start(), range.length(),
                        "a table lies where data was already found");
            }
            spill.read(range.start(), bytes.limit((int) fromSpill));
            bytes.limit(bytes.capacity());
        }
        if (bytes.hasRemaining()) {
            bytes.put(current.slice((int) (range.start() + fromSpill - base), bytes.remaining()));
        }
        return bytes.flip();
    }

    private void accept(Mapping mapping) throws IOException {
        if (!prepared && layout.virtualSize().isPresent()) {
            volume.prepare(layout.virtualSize().getAsLong());
            prepared = true;
        }
        if (!mapping.extent().isData()) {
            empties.add(mapping.extent());
            return;
        }
        if (mapping.fileLength() == Mapping.TO_THE_END) {
            openEnd.open(mapping);
        } else {
            data += mapping.extent().length();
        }
        if (layout.wanted().isEmpty() && !openEnd.isOpen()) {
            counters.plan(data);
        }
        if (mapping.fileOffset() >= position) {
            mappings.add(mapping);
        } else if (mapping.encoding() == Encoding.PLAIN) {
            long split = Math.min(OpenMappings.endOf(mapping), position);
            writePassed(mapping, split);
            if (OpenMappings.endOf(mapping) > split) {
                mappings.add(mapping);
            }
        } else {
            acceptLate(mapping);
        }
    }

    /** Keeps a compressed cluster whose first bytes passed before it was known, until all of it has passed. */
    private void acceptLate(Mapping mapping) throws IOException {
        long start = mapping.fileOffset();
        long end = Math.min(OpenMappings.endOf(mapping), position);
        long beforeThisRun = Math.min(end, resumedAt) - start;
        if (beforeThisRun > 0 && !spill.contains(new ByteRange(start, beforeThisRun))) {
            // The run that made the checkpoint had it whole: the checkpoint is never inside an unwritten cluster.
            return;
        }
        long kept = Math.max(base, start);
        spill.put(kept, current.slice((int) (kept - base), (int) Math.max(0, end - kept)));
        late.add(mapping);
    }

    /** Writes the part of a plain mapping that passed before the mapping was known. */
    private void writePassed(Mapping mapping, long end) throws IOException {
        for (long from = mapping.fileOffset(); from < end;) {
            long covered = from < base ? spill.coveredFrom(from) : end;
            long to = Math.min(end, Math.min(covered, from + MAX_PIECE));
            if (covered > from) {
                if (from >= base) {
                    spill.put(from, current.slice((int) (from - base), (int) (to - from)));
                }
                tasks.writeKept(new Piece(mapping, from, to));
            } else {
                to = Math.min(end, Math.min(base, spill.nextKept(from)));
                if (to > resumedAt) {
                    throw shared(mapping, from);
                }
            }
            from = to;
        }
    }

    private void writeLate(boolean ended) throws IOException {
        for (Iterator<Mapping> all = late.iterator(); all.hasNext();) {
            Mapping mapping = all.next();
            long end = Math.min(OpenMappings.endOf(mapping), position);
            if (OpenMappings.endOf(mapping) > position && !ended) {
                continue;
            }
            ByteRange range = new ByteRange(mapping.fileOffset(), end - mapping.fileOffset());
            if (spill.contains(range)) {
                tasks.writeKept(new Piece(mapping, range.start(), range.end()));
            } else {
                throw shared(mapping, range.start());
            }
            all.remove();
        }
    }

    /** Says early, as soon as the tables' place is known, that the data before them cannot be kept. */
    private void requireRoom() throws IOException {
        Optional<ByteRange> want = nextWanted();
        if (want.isEmpty() || mappings.nextStart(position) < want.get().start()) {
            return;
        }
        ByteRange before = new ByteRange(position, Math.max(0, want.get().start() - position));
        if (!layout.mayNeedLater(before)) {
            return;
        }
        if (want.get().start() > MAX_SOURCE) {
            throw refused("metadata-place", want.get().start(), want.get().length(),
                    "the image's tables are said to begin beyond 64 TiB, where no image ends: it is damaged, or made to"
                            + " ask for scratch space without end");
        }
        spill.expect(before.length());
        if (before.length() > spill.room()) {
            throw new NeedsScratchException(want.get().end(),
                    "The image's tables begin at offset " + want.get().start() + ", after its data; keeping "
                            + before.length() + " bytes until then needs scratch space (there is room for "
                            + spill.room() + ")");
        }
    }

    private ImageRefusedException shared(Mapping mapping, long offset) {
        return refused("shared-cluster", offset, mapping.extent().start(),
                "the same stored data is used at two places of the disk, and the second was not known when it passed;"
                        + " import it from a source with ranges, or convert it first");
    }

    private ImageRefusedException refused(String check, long offset, Object value, String message) {
        return new ImageRefusedException(layout.format().id() + " image",
                new Violation(check, offset, String.valueOf(value), message));
    }
}
