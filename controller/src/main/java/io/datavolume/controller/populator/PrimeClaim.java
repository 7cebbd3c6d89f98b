package io.datavolume.controller.populator;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.v1beta1.Checkpoint;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.ImportSourceType;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.v1beta1.VolumeImportSourceSpec;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ContentTypes;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.ImportSources;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.controller.importing.SourceAnnotations;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The claim that a worker fills in place of the target. */
final class PrimeClaim {

    private PrimeClaim() {}

    /**
     * @param mode of the storage class; where it binds at the first consumer, that one's node decides
     * @param labels recommended labels
     * @param preallocation of the cluster's configuration, where the source does not say
     */
    static PersistentVolumeClaim of(PersistentVolumeClaim target, VolumeImportSource source, BindingMode mode,
            Map<String, String> labels, boolean preallocation) {
        var spec = target.getSpec();
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Names.primeClaim(target.getMetadata().getUid()))
                .withNamespace(target.getMetadata().getNamespace())
                .withLabels(labels(labels))
                .withAnnotations(annotations(target, source.getSpec(), mode, preallocation))
                .withOwnerReferences(Owners.controller(target))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(spec.getAccessModes())
                .withResources(spec.getResources())
                .withStorageClassName(spec.getStorageClassName())
                .withVolumeMode(spec.getVolumeMode())
                .endSpec()
                .build();
    }

    private static Map<String, String> labels(Map<String, String> recommended) {
        Map<String, String> labels = new LinkedHashMap<>(recommended);
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.EXCLUDE_FROM_BACKUP, "true");
        return labels;
    }

    private static Map<String, String> annotations(PersistentVolumeClaim target, VolumeImportSourceSpec spec,
            BindingMode mode, boolean preallocation) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Annotations.BIND_IMMEDIATE, "");
        if (mode == BindingMode.WAIT_FOR_FIRST_CONSUMER) {
            copy(target, Annotations.SELECTED_NODE, annotations);
        }
        copy(target, Annotations.RETAIN_AFTER_COMPLETION, annotations);
        copy(target, PodAnnotations.VDDK_EXTRA_ARGS, annotations);
        PodAnnotations.PASSED_TO_POD.forEach(key -> copy(target, key, annotations));
        annotations.put(Annotations.POPULATOR_KIND, Kinds.VOLUME_IMPORT_SOURCE.name());
        annotations.put(Annotations.CONTENT_TYPE,
                spec.contentType().isEmpty() ? ContentTypes.KUBEVIRT : spec.contentType());
        annotations.put(Annotations.PREALLOCATION_REQUESTED,
                String.valueOf(Optional.ofNullable(spec.preallocation()).orElse(preallocation)));
        Optional<ImportSource> source = Optional.ofNullable(spec.source()).flatMap(ImportSourceType::only);
        if (source.isPresent()) {
            annotations.putAll(SourceAnnotations.of(source.get()));
        } else {
            annotations.put(ImportAnnotations.SOURCE, ImportSources.NONE);
        }
        // The first stage, which says that there are stages.
        spec.checkpoints().stream().map(Checkpoint::current).filter(stage -> stage != null && !stage.isEmpty())
                .findFirst().ifPresent(stage -> annotations.put(ImportAnnotations.CURRENT_CHECKPOINT, stage));
        return annotations;
    }

    private static void copy(PersistentVolumeClaim target, String key, Map<String, String> annotations) {
        Annotations.of(target, key).ifPresent(value -> annotations.put(key, value));
    }
}
