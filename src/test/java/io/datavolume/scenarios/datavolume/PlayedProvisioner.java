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
import io.fabric8.kubernetes.api.model.PersistentVolumeSpecBuilder;
import java.util.List;
import java.util.Objects;

/** Makes volumes for claims of some of the scenarios' classes, as an external provisioner does. */
final class PlayedProvisioner implements Reconciler {

    private static final String ASKED = "volume.kubernetes.io/storage-provisioner";

    private final Cluster cluster;
    private final Storage storage;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;

    /** Where the volumes are. */
    interface Storage {

        /** Storage classes that it serves. */
        List<String> classes();

        /** Makes a volume, and says in its specification where it is. */
        void make(String name, PersistentVolumeClaim claim, PersistentVolumeSpecBuilder spec);

        void remove(String name);
    }

    /** Volumes that are names only. */
    record Names(List<String> classes) implements Storage {

        @Override
        public void make(String name, PersistentVolumeClaim claim, PersistentVolumeSpecBuilder spec) {
            spec.withNewCsi().withDriver(Annotations.of(claim, ASKED).orElseThrow()).withVolumeHandle(name).endCsi();
        }

        @Override
        public void remove(String name) {
            // There is nothing but the name.
        }
    }

    PlayedProvisioner(Cluster cluster, Storage storage) {
        this.cluster = cluster;
        this.storage = storage;
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
            volumes.get(key).filter(this::isReleased).ifPresent(volume -> {
                storage.remove(key.name());
                cluster.delete(Kinds.VOLUME, key, volume.getMetadata().getUid());
            });
        } else {
            claims.get(key).filter(this::isAsked).ifPresent(this::provision);
        }
        return Outcome.DONE;
    }

    private boolean isReleased(PersistentVolume volume) {
        return storage.classes().contains(Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), ""))
                && volume.getStatus() != null && "Released".equals(volume.getStatus().getPhase())
                && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    private boolean isAsked(PersistentVolumeClaim claim) {
        String storageClass = Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), "");
        boolean chosen = !storageClass.equals(Bed.WAITS) || Annotations.has(claim, Annotations.SELECTED_NODE);
        return storage.classes().contains(storageClass) && Annotations.has(claim, ASKED) && chosen
                && claim.getSpec().getVolumeName() == null && claim.getSpec().getDataSourceRef() == null
                && claim.getMetadata().getDeletionTimestamp() == null
                && volumes.get(Key.cluster(name(claim))).isEmpty();
    }

    private static String name(PersistentVolumeClaim claim) {
        return "pvc-" + claim.getMetadata().getUid();
    }

    private void provision(PersistentVolumeClaim claim) {
        PersistentVolumeSpecBuilder spec = new PersistentVolumeSpecBuilder()
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .withPersistentVolumeReclaimPolicy("Delete")
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withClaimRef(new ObjectReferenceBuilder().withApiVersion("v1").withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace()).withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid()).build());
        storage.make(name(claim), claim, spec);
        PersistentVolume volume = new PersistentVolumeBuilder().withNewMetadata().withName(name(claim))
                .addToAnnotations("pv.kubernetes.io/provisioned-by", Annotations.of(claim, ASKED).orElseThrow())
                .endMetadata().withSpec(spec.build()).build();
        try {
            cluster.create(Kinds.VOLUME, volume);
        } catch (ClusterException.AlreadyExists e) {
            // Made a moment ago.
        }
    }
}
