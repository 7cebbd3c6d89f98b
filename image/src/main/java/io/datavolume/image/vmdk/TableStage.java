package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.MappingRuns;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the grain tables in the order in which they stand in the file, neighbours together. Up to 1024 ranges are
 * wanted at a time; when half of them are fed, more follow.
 */
final class TableStage implements Stage {

    private static final int WINDOW = 1024;

    /** Tables {@code first} to {@code last} of the list, side by side in one range. */
    private record Batch(int first, int last, ByteRange range) {}

    private final Findings findings;
    private final TableList tables;
    private final GrainTable grains;
    private final int tableBytes;
    private final MappingRuns runs = new MappingRuns();
    private final List<Batch> batches = new ArrayList<>();
    private List<ByteRange> wanted = List.of();
    private int next;

    TableStage(Findings findings, SparseHeader header, TableList tables) {
        this.findings = findings;
        this.tables = tables;
        this.tableBytes = header.tableBytes();
        this.grains = new GrainTable(header, findings, tables);
        refill();
    }

    @Override
    public List<ByteRange> wanted() {
        return wanted;
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        findings.demandComplete(bytes, range.length(), range.start());
        Batch batch = batches.remove(wanted.indexOf(range));
        for (int i = batch.first; i <= batch.last; i++) {
            int at = (i - batch.first) * tableBytes;
            grains.map(tables.index(i), range.start() + at, bytes.slice(bytes.position() + at, tableBytes), runs, sink);
        }
        refill();
        boolean nextFollows = !batches.isEmpty() && batches.getFirst().range.start() == range.end();
        if (!nextFollows) {
            runs.flush(sink);
        }
        return batches.isEmpty() ? COMPLETE : this;
    }

    private void refill() {
        if (batches.size() <= WINDOW / 2) {
            while (batches.size() < WINDOW && next < tables.count()) {
                batches.add(nextBatch());
            }
        }
        wanted = batches.stream().map(Batch::range).toList();
    }

    private Batch nextBatch() {
        int first = next++;
        long start = Sectors.bytes(tables.sector(first));
        long end = start + tableBytes;
        while (next < tables.count() && Sectors.bytes(tables.sector(next)) == end
                && end + tableBytes - start <= DiskLayout.MAX_WANTED) {
            end += tableBytes;
            next++;
        }
        return new Batch(first, next - 1, new ByteRange(start, end - start));
    }
}
