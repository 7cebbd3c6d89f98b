package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Objects;

/** Makes volumes, which are names only, for claims of the scenarios' classes, as an external provisioner does. */
final class PlayedProvisioner implements Reconciler {

    private static final String ASKED = "volume.kubernetes.io/storage-provisioner";
    private static final List<String> CLASSES = List.of(Bed.CSI, Bed.PLAIN, Bed.WAITS);

    private final Cluster cluster;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;

    PlayedProvisioner(Cluster cluster) {
        this.cluster = cluster;
        claims = cluster.informer(Kinds.CLAIM);
        volumes = cluster.informer(Kinds.VOLUME);
    }

    @Override
    public String name() {
        return "played-provisioner";
    }

    /** Keys of claims have a namespace, those of volumes none. */
    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.CLAIM), Trigger.own(Kinds.VOLUME));
    }

    @Override
    public Outcome reconcile(Key key) {
        if (key.namespace().isEmpty()) {
            volumes.get(key).filter(PlayedProvisioner::isReleased)
                    .ifPresent(volume -> cluster.delete(Kinds.VOLUME, key, volume.getMetadata().getUid()));
        } else {
            claims.get(key).filter(this::isAsked).ifPresent(this::provision);
        }
        return Outcome.DONE;
    }

    private static boolean isReleased(PersistentVolume volume) {
        return CLASSES.contains(Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), ""))
                && volume.getStatus() != null && "Released".equals(volume.getStatus().getPhase())
                && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    private boolean isAsked(PersistentVolumeClaim claim) {
        String storageClass = Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), "");
        boolean chosen = !storageClass.equals(Bed.WAITS) || Annotations.has(claim, Annotations.SELECTED_NODE);
        return CLASSES.contains(storageClass) && Annotations.has(claim, ASKED) && chosen
                && claim.getSpec().getVolumeName() == null && claim.getSpec().getDataSourceRef() == null
                && claim.getMetadata().getDeletionTimestamp() == null
                && volumes.get(Key.cluster(name(claim))).isEmpty();
    }

    private static String name(PersistentVolumeClaim claim) {
        return "pvc-" + claim.getMetadata().getUid();
    }

    private void provision(PersistentVolumeClaim claim) {
        PersistentVolume volume = new PersistentVolumeBuilder().withNewMetadata().withName(name(claim))
                .addToAnnotations("pv.kubernetes.io/provisioned-by", Annotations.of(claim, ASKED).orElseThrow())
                .endMetadata().withNewSpec().withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .withPersistentVolumeReclaimPolicy("Delete")
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withNewCsi().withDriver(Annotations.of(claim, ASKED).orElseThrow()).withVolumeHandle(name(claim))
                .endCsi()
                .withClaimRef(new ObjectReferenceBuilder().withApiVersion("v1").withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace()).withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid()).build())
                .endSpec().build();
        try {
            cluster.create(Kinds.VOLUME, volume);
        } catch (ClusterException.AlreadyExists e) {
            // Made a moment ago.
        }
    }
}
