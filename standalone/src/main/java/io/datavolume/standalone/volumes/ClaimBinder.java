package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.VolumeAnnotations;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Binds claims to volumes, and has volumes made for those that find none. */
final class ClaimBinder implements Reconciler {

    static final String NAME = "persistentvolume-controller";

    private static final Duration AGAIN = Duration.ofSeconds(15);
    private static final String YES = "yes";
    private static final Index<PersistentVolume> BY_CLAIM = new Index<>("claim",
            volume -> claimOf(volume).map(Key::toString).map(List::of).orElse(List.of()));
    private static final Index<PersistentVolume> FREE = new Index<>("free",
            volume -> volume.getSpec().getClaimRef() == null
                    ? List.of(Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), ""))
                    : List.of());
    private static final Index<PersistentVolumeClaim> BY_CLASS = new Index<>("class",
            claim -> List.of(VolumeMatch.className(claim)));
    private static final Index<PersistentVolumeClaim> BY_VOLUME = new Index<>("volume",
            claim -> List.of(Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "")));

    private final Cluster cluster;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;
    private final Provisioner provisioner;
    private final EventRecorder events;

    ClaimBinder(Cluster cluster, Provisioner provisioner, EventRecorder events) {
        this.cluster = cluster;
        this.claims = cluster.informer(Kinds.CLAIM);
        this.volumes = cluster.informer(Kinds.VOLUME);
        this.classes = cluster.informer(Kinds.STORAGE_CLASS);
        this.provisioner = provisioner;
        this.events = events;
        volumes.index(BY_CLAIM);
        volumes.index(FREE);
        claims.index(BY_CLASS);
        claims.index(BY_VOLUME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.CLAIM), new Trigger<>(Kinds.VOLUME, this::concernedBy),
                new Trigger<>(Kinds.STORAGE_CLASS, this::concernedBy));
    }

    /** The claim that it names, those that name it, and those that could take it. */
    private Collection<Key> concernedBy(PersistentVolume volume) {
        Map<Key, Boolean> keys = new LinkedHashMap<>();
        claimOf(volume).ifPresent(key -> keys.put(key, true));
        claims.find(BY_VOLUME, volume.getMetadata().getName()).forEach(claim -> keys.put(Key.of(claim), true));
        if (volume.getSpec().getClaimRef() == null) {
            String className = Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), "");
            unbound(className).forEach(key -> keys.put(key, true));
        }
        return keys.keySet();
    }

    private Collection<Key> concernedBy(StorageClass storageClass) {
        return unbound(storageClass.getMetadata().getName());
    }

    private List<Key> unbound(String className) {
        return claims.find(BY_CLASS, className).stream().filter(claim -> claim.getSpec().getVolumeName() == null)
                .map(Key::of).toList();
    }

    static Optional<Key> claimOf(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference == null || reference.getNamespace() == null || reference.getName() == null
                ? Optional.empty()
                : Optional.of(new Key(reference.getNamespace(), reference.getName()));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<PersistentVolumeClaim> found = claims.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        PersistentVolumeClaim claim = found.get();
        String className = VolumeMatch.className(claim);
        Map<String, PersistentVolume> candidates = new LinkedHashMap<>();
        volumes.find(BY_CLAIM, key.toString()).forEach(v -> candidates.put(v.getMetadata().getName(), v));
        Optional.ofNullable(claim.getSpec().getVolumeName()).flatMap(name -> volumes.get(Key.cluster(name)))
                .ifPresent(v -> candidates.put(v.getMetadata().getName(), v));
        volumes.find(FREE, className).forEach(v -> candidates.put(v.getMetadata().getName(), v));
        Optional<StorageClass> storageClass = classes.get(Key.cluster(className));
        return switch (ClaimPlanner.plan(claim, candidates.values(), storageClass)) {
            case ClaimPlan.Settled settled -> Outcome.DONE;
            case ClaimPlan.Bind bind -> bind(claim, bind.volume());
            case ClaimPlan.Provision provision -> provision(claim, provision.storageClass());
            case ClaimPlan.Wait wait -> {
                events.normal(claim, wait.reason(), wait.message());
                yield Outcome.DONE;
            }
            case ClaimPlan.Refuse refuse -> {
                events.warning(claim, refuse.reason(), refuse.message());
                yield Outcome.DONE;
            }
            case ClaimPlan.Lose lose -> lose(claim, lose.reason(), lose.message());
        };
    }

    private Outcome provision(PersistentVolumeClaim claim, StorageClass from) {
        try {
            String volume = provisioner.provision(claim, from);
            events.normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + volume);
            return Outcome.DONE;
        } catch (IOException e) {
            events.warning(claim, "ProvisioningFailed", "failed to provision volume with StorageClass \""
                    + from.getMetadata().getName() + "\": " + e.getMessage());
            return Outcome.after(AGAIN);
        }
    }

    /** Each step says of its own whether it is needed, so that a killed process goes on where it was. */
    private Outcome bind(PersistentVolumeClaim claim, PersistentVolume volume) {
        Key volumeKey = Key.of(volume);
        PersistentVolume kept = volume;
        ObjectReference reference = volume.getSpec().getClaimRef();
        if (reference == null || !claim.getMetadata().getUid().equals(reference.getUid())) {
            Patch.Builder patch = Patch.unchanged(volume).field(References.to(claim), "spec", "claimRef");
            if (reference == null) {
                patch.annotation(VolumeAnnotations.BOUND_BY_CONTROLLER, YES);
            }
            kept = cluster.patch(Kinds.VOLUME, volumeKey, patch.build());
        }
        if (kept.getStatus() == null || !ClaimPhases.BOUND.equals(kept.getStatus().getPhase())) {
            cluster.patchStatus(Kinds.VOLUME, volumeKey,
                    Patch.of(kept).field(ClaimPhases.BOUND, "status", "phase").build());
        }
        Patch.Builder patch = Patch.of(claim);
        if (claim.getSpec().getVolumeName() == null) {
            patch.field(volumeKey.name(), "spec", "volumeName").annotation(VolumeAnnotations.BOUND_BY_CONTROLLER, YES);
        }
        if (!YES.equals(claim.getMetadata().getAnnotations().get(VolumeAnnotations.BIND_COMPLETED))) {
            patch.annotation(VolumeAnnotations.BIND_COMPLETED, YES);
        }
        if (!patch.isEmpty()) {
            cluster.patch(Kinds.CLAIM, Key.of(claim), patch.build());
        }
        if (!isShownBound(claim)) {
            cluster.patchStatus(Kinds.CLAIM, Key.of(claim), Patch.of(claim).field(ClaimPhases.BOUND, "status", "phase")
                    .field(volume.getSpec().getAccessModes(), "status", "accessModes")
                    .field(volume.getSpec().getCapacity(), "status", "capacity").build());
        }
        return Outcome.DONE;
    }

    private static boolean isShownBound(PersistentVolumeClaim claim) {
        PersistentVolumeClaimStatus status = claim.getStatus();
        return status != null && ClaimPhases.BOUND.equals(status.getPhase());
    }

    private Outcome lose(PersistentVolumeClaim claim, String reason, String message) {
        if (claim.getStatus() == null || !ClaimPhases.LOST.equals(claim.getStatus().getPhase())) {
            cluster.patchStatus(Kinds.CLAIM, Key.of(claim),
                    Patch.of(claim).field(ClaimPhases.LOST, "status", "phase").build());
            events.warning(claim, reason, message);
        }
        return Outcome.DONE;
    }
}
