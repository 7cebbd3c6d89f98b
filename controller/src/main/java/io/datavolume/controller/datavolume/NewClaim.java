package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.ImportSourceType;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.v1beta1.VolumeImportSourceSpec;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ContentTypes;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.controller.importing.SourceAnnotations;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.TypedObjectReferenceBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The claim of a DataVolume, and the VolumeImportSource that it refers to.
 *
 * @param spec rendered claim spec
 * @param labels recommended labels
 * @param preallocation of the cluster's configuration, where the DataVolume does not say
 */
record NewClaim(DataVolume dataVolume, PersistentVolumeClaimSpec spec, Map<String, String> labels,
        boolean preallocation) {

    /** Filled by way of a prime claim. */
    PersistentVolumeClaim populated(boolean bindAtOnce) {
        PersistentVolumeClaim claim = base();
        claim.setSpec(new PersistentVolumeClaimSpecBuilder(claim.getSpec())
                .withDataSource(null)
                .withDataSourceRef(new TypedObjectReferenceBuilder().withApiGroup(Kinds.GROUP)
                        .withKind(Kinds.VOLUME_IMPORT_SOURCE.name())
                        .withName(Names.volumeImportSource(dataVolume.getMetadata().getUid())).build())
                .build());
        if (bindAtOnce) {
            claim.getMetadata().getAnnotations().putIfAbsent(Annotations.BIND_IMMEDIATE, "");
        }
        return claim;
    }

    /** Filled by a worker itself. */
    PersistentVolumeClaim imported(ImportSource source) {
        PersistentVolumeClaim claim = base();
        claim.getMetadata().getAnnotations().putAll(SourceAnnotations.of(source));
        return claim;
    }

    /** Filled by somebody else. */
    PersistentVolumeClaim external() {
        PersistentVolumeClaim claim = base();
        claim.getMetadata().getAnnotations().put(Annotations.EXTERNAL_POPULATION, "true");
        return claim;
    }

    /** Bound to a volume that is there already. */
    PersistentVolumeClaim ofStaticVolume(List<String> volumes) {
        PersistentVolumeClaim claim = base();
        String names = volumes.stream().map(name -> '"' + name + '"').reduce((a, b) -> a + "," + b).orElse("");
        claim.getMetadata().getAnnotations().put(Annotations.PERSISTENT_VOLUME_LIST, "[" + names + "]");
        return claim;
    }

    /** What a populated claim refers to. */
    static VolumeImportSource source(DataVolume dataVolume, boolean preallocation) {
        DataVolumeSpec spec = dataVolume.getSpec();
        VolumeImportSource result = new VolumeImportSource();
        result.setMetadata(new ObjectMetaBuilder()
                .withName(Names.volumeImportSource(dataVolume.getMetadata().getUid()))
                .withNamespace(dataVolume.getMetadata().getNamespace())
                .withLabels(Map.of(Labels.APP, Labels.APP_VALUE))
                .withOwnerReferences(Owners.controller(dataVolume))
                .build());
        result.setSpec(new VolumeImportSourceSpec(
                ImportSourceType.of(Objects.requireNonNull(spec.source())), spec.contentType(),
                Optional.ofNullable(spec.preallocation()).orElse(preallocation), null, spec.checkpoints(),
                spec.finalCheckpoint(), Map.of()));
        return result;
    }

    private PersistentVolumeClaim base() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(dataVolume.getMetadata().getName())
                .withNamespace(dataVolume.getMetadata().getNamespace())
                .withLabels(claimLabels())
                .withAnnotations(claimAnnotations())
                .withOwnerReferences(Owners.controller(dataVolume))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private Map<String, String> claimLabels() {
        Map<String, String> result = new LinkedHashMap<>();
        result.put(Labels.APP, Labels.APP_VALUE);
        result.putAll(labels);
        if (VolumeModes.isFilesystem(spec.getVolumeMode())) {
            result.put(Labels.FILLING_UP_ALERT, Labels.FILLING_UP_ALERT_DISABLED);
        }
        result.putAll(Objects.requireNonNullElse(dataVolume.getMetadata().getLabels(), Map.of()));
        return result;
    }

    private Map<String, String> claimAnnotations() {
        DataVolumeSpec wanted = dataVolume.getSpec();
        Map<String, String> result = new LinkedHashMap<>(
                Objects.requireNonNullElse(dataVolume.getMetadata().getAnnotations(), Map.of()));
        result.put(PodAnnotations.RESTARTS, "0");
        result.put(Annotations.CONTENT_TYPE,
                wanted.contentType().isEmpty() ? ContentTypes.KUBEVIRT : wanted.contentType());
        if (!wanted.priorityClassName().isEmpty()) {
            result.put(PodAnnotations.PRIORITY_CLASS_NAME, wanted.priorityClassName());
        }
        if (!wanted.serviceAccountName().isEmpty()) {
            result.put(PodAnnotations.SERVICE_ACCOUNT_NAME, wanted.serviceAccountName());
        }
        result.put(Annotations.PREALLOCATION_REQUESTED,
                String.valueOf(Optional.ofNullable(wanted.preallocation()).orElse(preallocation)));
        result.put(Annotations.CREATED_FOR_DATA_VOLUME, dataVolume.getMetadata().getUid());
        // Says that it is populated, so it has to wait until that is so.
        result.remove(Annotations.POPULATED_FOR);
        return result;
    }
}
