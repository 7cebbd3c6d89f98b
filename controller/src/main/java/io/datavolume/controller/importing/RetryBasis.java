package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprint of what a user may change to mend a failed import: annotations and labels of the DataVolume, versions of
 * the config map and the secrets. Where the controller may not look at one, its changes are found by the next try.
 */
final class RetryBasis {

    private RetryBasis() {}

    /** @param target the claim that users see */
    static String of(PersistentVolumeClaim claim, PersistentVolumeClaim target, Cluster cluster) {
        Optional<DataVolume> dataVolume = Owners.controllerOf(target, Kinds.DATA_VOLUME)
                .flatMap(cluster.informer(Kinds.DATA_VOLUME)::get);
        return of(dataVolume.<HasMetadata>map(seen -> seen).orElse(target), ImportRequest.of(claim), cluster);
    }

    /** @param asking the object whose annotations ask for another try */
    static String of(HasMetadata asking, ImportRequest request, Cluster cluster) {
        CRC32C sum = new CRC32C();
        add(sum, String.valueOf(new TreeMap<>(orEmpty(asking.getMetadata().getLabels()))));
        add(sum, Annotations.of(asking, RetryAnnotations.REQUESTED).orElse(""));
        String namespace = Key.of(asking).namespace();
        request.certConfigMap().ifPresent(name -> add(sum, version(cluster, Kinds.CONFIG_MAP, namespace, name)));
        request.secret().ifPresent(name -> add(sum, version(cluster, Kinds.SECRET, namespace, name)));
        request.secretHeaders().forEach(name -> add(sum, version(cluster, Kinds.SECRET, namespace, name)));
        return Long.toHexString(sum.getValue());
    }

    private static String version(Cluster cluster, Kind<?> kind, String namespace, String name) {
        try {
            return cluster.version(kind, new Key(namespace, name)).orElse("none");
        } catch (ClusterException e) {
            return "unknown";
        }
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }

    private static void add(CRC32C sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }
}
