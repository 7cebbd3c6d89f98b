package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks where runs of plain data lie and gives them away. QEMU leaves the file short when its last cluster is
 * not written in full; what is missing reads as zeros. Where the length is known such a run is cut at once.
 * Where it is not, the cluster with the highest offset is held back until the file has ended, unless a table
 * behind it shows that the file reaches further.
 */
final class PlainData {

    /** Runs that one cluster can hold: every other of its 32 subclusters. */
    private static final int MAX_HELD = 16;

    private final int clusterSize;
    private final Metadata metadata;
    private final OptionalLong fileLength;
    private final SafetyReport report;
    private final List<Mapping> held = new ArrayList<>();
    private long heldCluster = -1;
    private long reached;

    PlainData(int clusterSize, Metadata metadata, OptionalLong fileLength, SafetyReport report) {
        this.clusterSize = clusterSize;
        this.metadata = metadata;
        this.fileLength = fileLength;
        this.report = report;
    }

    /** Tells that the file cannot end before this offset. */
    void reaches(long offset) {
        reached = Math.max(reached, offset);
    }

    /** Whether bytes of the range belong to the data that is held back. */
    boolean holds(ByteRange range) {
        return heldCluster >= 0 && Metadata.overlap(range, new ByteRange(heldCluster, clusterSize));
    }

    void place(long guest, long file, long length, MappingSink sink) throws IOException {
        String place = metadata.in(new ByteRange(file, length));
        report.demand(Qcow2Check.DATA_CLUSTER, place.isEmpty(), file, file,
                "the data cluster lies in " + place + " (guest offset " + guest + ")");
        long end = file + length;
        if (fileLength.isPresent()) {
            cut(Mapping.plain(guest, file, length), fileLength.getAsLong(), sink);
        } else if (end <= reached) {
            sink.map(Mapping.plain(guest, file, length));
        } else {
            hold(guest, file, length, sink);
        }
    }

    private void hold(long guest, long file, long length, MappingSink sink) throws IOException {
        long lastCluster = (file + length - 1) / clusterSize * clusterSize;
        if (lastCluster < heldCluster) {
            sink.map(Mapping.plain(guest, file, length));
            return;
        }
        if (lastCluster > heldCluster) {
            release(sink);
            heldCluster = lastCluster;
        }
        long before = Math.max(0, lastCluster - file);
        if (before > 0) {
            sink.map(Mapping.plain(guest, file, before));
        }
        report.demand(Qcow2Check.DATA_CLUSTER, held.size() < MAX_HELD, lastCluster, lastCluster,
                "the data cluster is mapped several times");
        held.add(Mapping.plain(guest + before, file + before, length - before));
    }

    private void release(MappingSink sink) throws IOException {
        for (Mapping mapping : held) {
            sink.map(mapping);
        }
        held.clear();
    }

    /** Gives away what was held back, now that the length is known. */
    void end(long length, MappingSink sink) throws IOException {
        report.demand(Qcow2Check.DATA_CLUSTER, heldCluster < length, heldCluster, heldCluster,
                "the data cluster lies outside the file; is it truncated?");
        for (Mapping mapping : held) {
            cut(mapping, length, sink);
        }
        held.clear();
        heldCluster = -1;
    }

    private static void cut(Mapping mapping, long end, MappingSink sink) throws IOException {
        long guest = mapping.extent().start();
        long length = mapping.fileLength();
        long stored = Math.clamp(end - mapping.fileOffset(), 0, length);
        if (stored > 0) {
            sink.map(Mapping.plain(guest, mapping.fileOffset(), stored));
        }
        if (stored < length) {
            sink.map(Mapping.empty(guest + stored, length - stored, Extent.Kind.ZERO));
        }
    }
}
