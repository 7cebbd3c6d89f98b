package io.datavolume.scratch;

import io.datavolume.api.cluster.Owners;
import io.datavolume.api.wire.AccessModes;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.storage.Bytes;
import io.datavolume.storage.FilesystemOverhead;
import io.datavolume.storage.UnusableSizeException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides when a worker gets scratch space, and what the claim for it looks like. Most images are written in one pass and
 * need none; a worker that meets one which does says so, with the bytes it needs, and is started again with it.
 */
public final class ScratchPlanner {

    private static final String STORAGE = "storage";
    private static final String FIELD = "spec.resources.requests.storage";

    private ScratchPlanner() {}

    /** Whether the worker that fills a claim gets scratch space: one before it asked for it, or the user did. */
    public static boolean isNeeded(PersistentVolumeClaim target) {
        return Annotations.isTrue(target, ImportAnnotations.REQUIRES_SCRATCH);
    }

    /**
     * The scratch claim of a worker. It has a filesystem, whatever the target has, and goes with the worker's pod.
     *
     * @param worker pod that exists
     * @param askedBytes what the worker asked for; 0 if it is not known
     * @throws UnusableSizeException if the target's size cannot be read, or is too large
     */
    public static PersistentVolumeClaim claim(PersistentVolumeClaim target, Pod worker, long askedBytes,
            ScratchSettings settings) {
        Optional<String> storageClass = storageClass(target, settings);
        FilesystemOverhead overhead = settings.overheads().of(storageClass, settings.classes());
        long size = Bytes.roundUpToMebi(overhead.required(Math.max(Math.max(usable(target, settings), askedBytes), 1)));
        return new PersistentVolumeClaimBuilder().withNewMetadata()
                .withName(Names.scratch(target.getMetadata().getName()))
                .withNamespace(target.getMetadata().getNamespace()).withLabels(labels(settings))
                .withAnnotations(annotations(target)).withOwnerReferences(Owners.controller(worker)).endMetadata()
                .withNewSpec().withAccessModes(AccessModes.READ_WRITE_ONCE)
                .withStorageClassName(storageClass.orElse(null)).withNewResources()
                .addToRequests(STORAGE, Bytes.quantity(size)).endResources().endSpec().build();
    }

    /** The class that an administrator wants, if it exists; else the cluster's default; else the target's. */
    static Optional<String> storageClass(PersistentVolumeClaim target, ScratchSettings settings) {
        return settings.configured().flatMap(settings.classes()::named)
                .or(() -> settings.classes().kubernetesDefault())
                .map((StorageClass found) -> found.getMetadata().getName())
                .or(() -> Optional.ofNullable(target.getSpec().getStorageClassName()));
    }

    private static long usable(PersistentVolumeClaim target, ScratchSettings settings) {
        Map<String, Quantity> requests = target.getSpec().getResources() == null
                ? null
                : target.getSpec().getResources().getRequests();
        Quantity requested = requests == null ? null : requests.get(STORAGE);
        long size = requested == null ? 0 : Bytes.of(FIELD, requested);
        FilesystemOverhead overhead = VolumeModes.isFilesystem(target.getSpec().getVolumeMode())
                ? settings.overheads().of(Optional.ofNullable(target.getSpec().getStorageClassName()),
                        settings.classes())
                : FilesystemOverhead.NONE;
        return overhead.usable(size);
    }

    private static Map<String, String> labels(ScratchSettings settings) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.EXCLUDE_FROM_BACKUP, "true");
        labels.putAll(settings.installer().labels(Labels.MANAGED_BY_CONTROLLER));
        return labels;
    }

    private static Map<String, String> annotations(PersistentVolumeClaim target) {
        Map<String, String> annotations = new LinkedHashMap<>();
        Map<String, String> given = target.getMetadata().getAnnotations();
        if (given != null) {
            given.forEach((key, value) -> {
                if (key.contains("kubevirt.io/") && !key.contains(Annotations.PREFIX)) {
                    annotations.put(key, value);
                }
            });
        }
        if (Names.isPrimeClaim(target.getMetadata().getName())) {
            // The prime claim is bound where the target's consumer is to run, and so the worker runs there.
            Annotations.of(target, Annotations.SELECTED_NODE)
                    .ifPresent(node -> annotations.put(Annotations.SELECTED_NODE, node));
        }
        return annotations;
    }
}
