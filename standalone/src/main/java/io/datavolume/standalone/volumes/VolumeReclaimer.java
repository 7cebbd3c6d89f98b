package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.ClaimPhases;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Shows which volumes are free, and does with those whose claim is gone what they say: keep or delete. */
final class VolumeReclaimer implements Reconciler {

    private static final Duration AGAIN = Duration.ofSeconds(15);
    private static final String DELETE = "Delete";

    private final Cluster cluster;
    private final Informer<PersistentVolume> volumes;
    private final Provisioner provisioner;
    private final EventRecorder events;

    VolumeReclaimer(Cluster cluster, Provisioner provisioner, EventRecorder events) {
        this.cluster = cluster;
        this.volumes = cluster.informer(Kinds.VOLUME);
        this.provisioner = provisioner;
        this.events = events;
    }

    @Override
    public String name() {
        return "persistentvolume-reclaimer";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.VOLUME), new Trigger<>(Kinds.CLAIM,
                claim -> Optional.ofNullable(claim.getSpec().getVolumeName()).map(Key::cluster).map(List::of)
                        .orElse(List.of())));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<PersistentVolume> found = volumes.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        PersistentVolume volume = found.get();
        String phase = phase(volume);
        boolean deleting = volume.getMetadata().getDeletionTimestamp() != null;
        if (!phase.equals(ClaimPhases.BOUND) && deleting) {
            return delete(volume);
        }
        if (isReleased(volume)) {
            if (!phase.equals(ClaimPhases.RELEASED) && !phase.equals(ClaimPhases.FAILED)) {
                show(volume, ClaimPhases.RELEASED);
                return Outcome.DONE;
            }
            return phase.equals(ClaimPhases.RELEASED) && isDeletedWithClaim(volume) ? delete(volume) : Outcome.DONE;
        }
        if (isFree(volume) && !phase.equals(ClaimPhases.AVAILABLE)) {
            show(volume, ClaimPhases.AVAILABLE);
        }
        return Outcome.DONE;
    }

    /** Whether it had a claim that is gone. */
    private boolean isReleased(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        if (reference == null || reference.getUid() == null || reference.getUid().isEmpty()) {
            return false;
        }
        Key claim = new Key(Objects.requireNonNullElse(reference.getNamespace(), ""),
                Objects.requireNonNullElse(reference.getName(), ""));
        // Asked for as it is now: this decides over data.
        return cluster.get(Kinds.CLAIM, claim).filter(c -> c.getMetadata().getUid().equals(reference.getUid()))
                .isEmpty();
    }

    private static boolean isFree(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference == null || reference.getUid() == null || reference.getUid().isEmpty();
    }

    private static boolean isDeletedWithClaim(PersistentVolume volume) {
        return DELETE.equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
    }

    private Outcome delete(PersistentVolume volume) {
        if (isDeletedWithClaim(volume) && !Provisioner.isOurs(volume)) {
            events.warning(volume, "VolumeFailedDelete",
                    "it was not made by the local provisioner: delete its data yourself, then the volume");
            if (volume.getMetadata().getDeletionTimestamp() == null) {
                show(volume, ClaimPhases.FAILED);
                return Outcome.DONE;
            }
        } else if (isDeletedWithClaim(volume)) {
            if (!isUnchanged(volume)) {
                return Outcome.DONE; // there is a change on its way, which calls again
            }
            try {
                provisioner.delete(volume);
            } catch (IOException e) {
                events.warning(volume, "VolumeFailedDelete", String.valueOf(e.getMessage()));
                return Outcome.after(AGAIN);
            }
        }
        String uid = volume.getMetadata().getUid();
        if (cluster.delete(Kinds.VOLUME, Key.of(volume), uid)) {
            cluster.patch(Kinds.VOLUME, Key.of(volume),
                    Patch.of(volume).field(List.of(), "metadata", "finalizers").build());
        }
        return Outcome.DONE;
    }

    private boolean isUnchanged(PersistentVolume volume) {
        String version = volume.getMetadata().getResourceVersion();
        return cluster.get(Kinds.VOLUME, Key.of(volume)).map(now -> now.getMetadata().getResourceVersion())
                .filter(version::equals).isPresent();
    }

    private void show(PersistentVolume volume, String phase) {
        cluster.patchStatus(Kinds.VOLUME, Key.of(volume),
                Patch.unchanged(volume).field(phase, "status", "phase").build());
    }

    private static String phase(PersistentVolume volume) {
        return volume.getStatus() == null ? "" : Objects.requireNonNullElse(volume.getStatus().getPhase(), "");
    }
}
