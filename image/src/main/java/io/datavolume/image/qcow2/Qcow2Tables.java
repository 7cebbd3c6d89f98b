package io.datavolume.image.qcow2;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.Extent.Kind;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Walks the two levels of tables of one image: all of L1, then each L2 table. */
final class Qcow2Tables {

    private final Qcow2Header header;
    private final Access access;
    private final SafetyReport report;
    private final Metadata metadata;
    private final L2Directory directory;
    private final L1Table l1;
    private final PlainData plain;
    private final CompressedData compressed;
    private final ClusterRuns runs;
    private final L2Decoder decoder;
    private @Nullable L2Window window;

    /** @param header one that passed all checks */
    Qcow2Tables(Qcow2Header header, Access access, SafetyReport report) {
        OptionalLong fileLength = access.fileLength();
        this.header = header;
        this.access = access;
        this.report = report;
        this.directory = new L2Directory((int) header.clusterBits(), (int) header.neededTables());
        this.metadata = new Metadata(header, directory);
        this.l1 = new L1Table(header, metadata, directory, fileLength, report);
        this.plain = new PlainData(header.clusterSize(), metadata, fileLength, report);
        this.compressed = new CompressedData(header, metadata, fileLength, report);
        this.runs = new ClusterRuns(plain);
        this.decoder = new L2Decoder(header, fileLength, runs, compressed, report);
    }

    List<ByteRange> wanted() {
        return window == null ? l1.wanted() : window.wanted();
    }

    void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (window == null) {
            l1.feed(range, bytes);
            plain.reaches(range.end());
            if (l1.wanted().isEmpty()) {
                plain.reaches(l1.finish());
                window = new L2Window(directory, header.clusterSize());
                mapUnallocated(0, sink);
            }
        } else {
            feedL2(window, range, bytes, sink);
        }
        if (wanted().isEmpty()) {
            runs.flush(sink);
            report.check(Qcow2Check.L2_ENTRY, true, -1, "", "");
            report.check(Qcow2Check.SUBCLUSTERS, true, -1, "", "");
        } else if (access.forward()) {
            runs.flushData(sink);
        }
    }

    private void feedL2(L2Window from, ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        long key = directory.firstIn(range.start(), range.end());
        long guest = L2Directory.l1Index(key) * header.bytesPerTable();
        long entriesBefore = (range.start() - directory.tableOffset(key)) / header.entrySize();
        decoder.feed(range, bytes, guest + entriesBefore * header.clusterSize(), sink);
        if (range.end() == directory.tableOffset(key) + header.clusterSize()) {
            mapUnallocated(L2Directory.l1Index(key) + 1, sink);
        }
        from.remove(range);
    }

    /** Maps the L1 entries without an L2 table from this one up to the next with one. */
    private void mapUnallocated(int l1Index, MappingSink sink) throws IOException {
        long start = l1Index * header.bytesPerTable();
        long end = Math.min(directory.nextAllocated(l1Index) * header.bytesPerTable(), header.virtualSize());
        if (start < end) {
            runs.empty(Kind.UNALLOCATED, start, end - start, sink);
        }
    }

    void end(long fileLength, MappingSink sink) throws IOException {
        if (!wanted().isEmpty()) {
            ByteRange missing = wanted().getFirst();
            report.demand(window == null ? Qcow2Check.L1_TABLE : Qcow2Check.L2_TABLE, false, missing.start(),
                    missing.length(), "the file ends before this table; is it truncated?");
        }
        plain.end(fileLength, sink);
        compressed.end(fileLength);
        report.check(Qcow2Check.L2_TABLE, true, -1, "", "");
    }

    /** Whether bytes that pass may still be data, as far as the header and the tables read so far tell. */
    boolean mayNeedLater(ByteRange range) {
        if (window == null) {
            return l1.wanted().stream().anyMatch(piece -> Metadata.overlap(piece, range)) || !metadata.isSpent(range);
        }
        if (window.wanted().isEmpty()) {
            return plain.holds(range);
        }
        return !metadata.isSpent(range) && !window.isFed(range);
    }
}
