package io.datavolume.importer.flow;

import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.partition.Partition;
import io.datavolume.image.partition.PartitionTable;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what an inspection finds; a refusal is a finding and ends it. */
final class InspectionBuilder {

    /** A step that may find that the image is refused. */
    interface Step<T> {
        T run() throws IOException;
    }

    private final List<String> layers = new ArrayList<>();
    private final List<String> notRead = new ArrayList<>();
    private final List<String> partitions = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private List<SafetyReport.Line> checks = List.of();
    private Map<String, String> labels = Map.of();
    private String format = "unknown";
    private long virtualSize = -1;
    private long allocated;
    private boolean mapped;
    private @Nullable String refusal;

    <T> Optional<T> guard(Step<T> step) throws IOException {
        try {
            return Optional.of(step.run());
        } catch (ImageRefusedException e) {
            refusal = String.valueOf(e.getMessage());
            return Optional.empty();
        }
    }

    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    void note(String warning) {
        facts.merge("warning", warning, (a, b) -> a + "; " + b);
    }

    void fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
    }

    void layer(String name) {
        layers.add(name);
    }

    void labels(Map<String, String> found) {
        labels = Map.copyOf(found);
    }

    void allocated(Mapping mapping) {
        mapped |= mapping.fileLength() != Mapping.TO_THE_END;
        if (mapping.extent().isData() && mapping.fileLength() != Mapping.TO_THE_END) {
            allocated += mapping.extent().length();
        }
    }

    void notRead(String what) {
        notRead.add(what);
    }

    void layout(DiskLayout layout) {
        format = layout.format().id();
        layers.add(format);
        virtualSize = layout.virtualSize().orElse(-1);
        checks = layout.checks().lines();
        facts.putAll(layout.facts());
    }

    void partitions(PartitionTable table) {
        if (table.scheme() != PartitionTable.Scheme.NONE) {
            partitions.add(table.scheme() + " " + table.diskId() + ", sectors of " + table.sectorSize() + " bytes");
        }
        for (Partition partition : table.partitions()) {
            partitions.add(partition.index() + ": start " + partition.start() + ", " + partition.size() + " bytes, "
                    + partition.type() + (partition.name().isEmpty() ? "" : " \"" + partition.name() + "\""));
        }
        if (table.luks()) {
            partitions.add("the disk is encrypted with LUKS");
        }
        table.warnings().forEach(w -> partitions.add("warning: " + w));
    }

    Inspection build(Source source) {
        return new Inspection(source.displayName(), source.length().orElse(-1), List.copyOf(layers), format,
                virtualSize, mapped ? allocated : -1, notRead.isEmpty() && refusal == null, List.copyOf(notRead),
                facts, checks, refusal(), List.copyOf(partitions), source.bytesReceived(), labels);
    }
}
