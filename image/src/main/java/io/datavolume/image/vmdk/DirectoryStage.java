package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingRuns;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads the grain directory piece by piece. An entry of 0 leaves the range of a whole grain table unallocated; the
 * others are noted as grain tables to be read. The redundant directory says the same and is not read.
 */
final class DirectoryStage implements Stage {

    private final Findings findings;
    private final SparseHeader header;
    private final ByteRange directory;
    private final TableList tables;
    private final MappingRuns runs = new MappingRuns();
    private long fed;

    DirectoryStage(Findings findings, SparseHeader header) {
        this.findings = findings;
        this.header = header;
        this.directory = header.directory();
        this.tables = new TableList(header, findings);
    }

    @Override
    public List<ByteRange> wanted() {
        return List.of(new ByteRange(directory.start() + fed,
                Math.min(DiskLayout.MAX_WANTED, directory.length() - fed)));
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        findings.demandComplete(bytes, range.length(), range.start());
        ByteBuffer entries = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) (fed / Integer.BYTES);
        for (int at = 0; at < entries.limit(); at += Integer.BYTES, table++) {
            long sector = Integer.toUnsignedLong(entries.getInt(at));
            if (sector == 0) {
                long start = table * header.tableCover();
                long length = Math.min(header.tableCover(), header.virtualSize() - start);
                runs.add(Mapping.empty(start, length, Extent.Kind.UNALLOCATED), sink);
            } else {
                tables.add(table, sector, range.start() + at);
            }
        }
        fed += range.length();
        if (fed < directory.length()) {
            return this;
        }
        runs.flush(sink);
        tables.complete();
        return tables.isEmpty() ? COMPLETE : new TableStage(findings, header, tables);
    }
}
