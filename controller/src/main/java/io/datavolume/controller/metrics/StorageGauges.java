package io.datavolume.controller.metrics;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Phase;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The gauges of the wire about storage, as text for Prometheus. They are worked out from the informers when somebody
 * asks, so that nothing is left of a class that is gone. Written here since Micrometer takes {@code _info} off a name.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public final class StorageGauges {

    private static final String PENDING = "kubevirt_cdi_datavolume_pending";
    private static final String INFO = "kubevirt_cdi_storageprofile_info";

    private final Cluster cluster;

    public StorageGauges(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Both gauges as they are now. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP ").append(PENDING).append(
                " Number of DataVolumes pending for default storage class to be configured\n# TYPE ")
                .append(PENDING).append(" gauge\n").append(PENDING).append(' ').append(pending()).append('\n');
        text.append("# HELP ").append(INFO).append(" What the profile of each storage class says: whether it is "
                + "complete, a default, shared by nodes, clones cheaply\n# TYPE ").append(INFO).append(" gauge\n");
        cluster.informer(Kinds.STORAGE_CLASS).list().stream()
                .map(found -> StorageProfileInfo.labels(found,
                        cluster.informer(Kinds.STORAGE_PROFILE).get(Key.of(found)),
                        driver -> cluster.informer(Kinds.CSI_DRIVER).get(Key.cluster(driver)).isPresent(),
                        this::hasSnapshots))
                .map(StorageGauges::line).sorted().forEach(text::append);
        return text.toString();
    }

    private long pending() {
        return cluster.informer(Kinds.DATA_VOLUME).list().stream().filter(StorageGauges::waitsForDefault).count();
    }

    static boolean waitsForDefault(DataVolume dataVolume) {
        return dataVolume.getSpec() != null && dataVolume.getSpec().storageClass().isEmpty()
                && (dataVolume.phase() == Phase.PENDING || dataVolume.phase() == Phase.UNSET);
    }

    private boolean hasSnapshots(String driver) {
        return cluster.informer(Kinds.SNAPSHOT_CLASS).list().stream()
                .anyMatch(found -> driver.equals(found.getDriver()));
    }

    static String line(Map<String, String> labels) {
        return INFO + labels.entrySet().stream().map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                .collect(Collectors.joining(",", "{", "}")) + " 1\n";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
