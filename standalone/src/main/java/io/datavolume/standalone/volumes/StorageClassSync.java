package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.wire.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Makes the cluster's storage classes and drivers those of the file. Others, which the user made, stay. */
final class StorageClassSync {

    /** Of the label {@link Labels#MANAGED_BY}, on what comes from the file. */
    private static final String FROM_FILE = "cdi-storage-classes";

    private StorageClassSync() {}

    static void run(Cluster cluster, StorageClassFile file) {
        run(cluster, Kinds.STORAGE_CLASS, file.classes(), StorageClassSync::isSameClass);
        run(cluster, Kinds.CSI_DRIVER, file.drivers(),
                (there, wanted) -> Objects.equals(there.getSpec(), wanted.getSpec()));
    }

    private static <T extends HasMetadata> void run(Cluster cluster, Kind<T> kind, List<T> wanted,
            BiPredicate<T, T> same) {
        Map<String, T> left = new HashMap<>();
        cluster.list(kind, new Selection(Optional.empty(), Map.of(Labels.MANAGED_BY, FROM_FILE)))
                .forEach(object -> left.put(object.getMetadata().getName(), object));
        for (T object : wanted) {
            String name = object.getMetadata().getName();
            left.remove(name);
            mark(object);
            Optional<T> there = cluster.get(kind, Key.cluster(name));
            if (there.isPresent() && same.test(there.get(), object)) {
                changeMetadata(cluster, kind, there.get(), object);
                continue;
            }
            // What a class says of its volumes never changes: it is another class of the same name.
            there.ifPresent(old -> delete(cluster, kind, old));
            cluster.create(kind, object);
        }
        left.values().forEach(old -> delete(cluster, kind, old));
    }

    private static boolean isSameClass(StorageClass there, StorageClass wanted) {
        return Objects.equals(there.getProvisioner(), wanted.getProvisioner())
                && texts(there.getParameters()).equals(texts(wanted.getParameters()))
                && there.getReclaimPolicy().equals(Objects.requireNonNullElse(wanted.getReclaimPolicy(), "Delete"))
                && there.getVolumeBindingMode()
                        .equals(Objects.requireNonNullElse(wanted.getVolumeBindingMode(), "Immediate"));
    }

    private static <T extends HasMetadata> void changeMetadata(Cluster cluster, Kind<T> kind, T there, T wanted) {
        Patch.Builder patch = Patch.of(there);
        difference(there.getMetadata().getAnnotations(), wanted.getMetadata().getAnnotations())
                .forEach((key, value) -> patch.annotation(key, value.orElse(null)));
        difference(there.getMetadata().getLabels(), wanted.getMetadata().getLabels())
                .forEach((key, value) -> patch.label(key, value.orElse(null)));
        if (!patch.isEmpty()) {
            cluster.patch(kind, Key.of(there), patch.build());
        }
    }

    private static Map<String, Optional<String>> difference(Map<String, String> there, Map<String, String> wanted) {
        Map<String, Optional<String>> changes = new HashMap<>();
        texts(there).keySet().forEach(key -> changes.put(key, Optional.empty()));
        texts(wanted).forEach((key, value) -> changes.put(key, Optional.of(value)));
        changes.entrySet()
                .removeIf(change -> change.getValue().equals(Optional.ofNullable(texts(there).get(change.getKey()))));
        return changes;
    }

    private static void mark(HasMetadata object) {
        Map<String, String> labels = new HashMap<>(texts(object.getMetadata().getLabels()));
        labels.put(Labels.MANAGED_BY, FROM_FILE);
        object.getMetadata().setLabels(labels);
    }

    private static <T extends HasMetadata> void delete(Cluster cluster, Kind<T> kind, T object) {
        cluster.delete(kind, Key.of(object), object.getMetadata().getUid());
    }

    private static Map<String, String> texts(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
