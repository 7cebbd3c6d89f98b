package io.datavolume.controller.profile;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.snapshot.VolumeSnapshotClass;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileSpec;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Reasons;
import io.datavolume.controller.config.ActiveCdi;
import io.datavolume.controller.config.ClusterStorage;
import io.datavolume.storage.ProfilePlan;
import io.datavolume.storage.ProfilePlanner;
import io.datavolume.storage.SnapshotClasses;
import io.datavolume.storage.StorageProfileTable;
import io.datavolume.storage.VolumesByHand;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a profile for each storage class, as long as the class is there. What an administrator writes in it stays. */
public final class StorageProfileReconciler implements Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(StorageProfileReconciler.class);

    private final Cluster cluster;
    private final Installer installer;
    private final EventRecorder events;
    private final Clock clock;
    private final ClusterStorage storage;
    private final ProfilePlanner planner = new ProfilePlanner(StorageProfileTable.bundled());

    public StorageProfileReconciler(Cluster cluster, Installer installer, EventRecorder events, Clock clock) {
        this.cluster = cluster;
        this.installer = installer;
        this.events = events;
        this.clock = clock;
        storage = new ClusterStorage(cluster);
    }

    @Override
    public String name() {
        return EventComponents.STORAGE_PROFILE;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.STORAGE_CLASS), Trigger.own(Kinds.STORAGE_PROFILE),
                new Trigger<>(Kinds.VOLUME, this::classOf), new Trigger<>(Kinds.SNAPSHOT_CLASS, this::classesOf));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<StorageProfile> profile = cluster.informer(Kinds.STORAGE_PROFILE).get(key);
        Optional<StorageClass> storageClass = cluster.informer(Kinds.STORAGE_CLASS).get(key)
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null);
        if (storageClass.isEmpty()) {
            profile.ifPresent(orphan -> cluster.delete(Kinds.STORAGE_PROFILE, key, orphan.getMetadata().getUid()));
            return Outcome.DONE;
        }
        ProfilePlan plan = planner.plan(storageClass.get(), profile,
                SnapshotClasses.of(cluster.informer(Kinds.SNAPSHOT_CLASS).list()), volumes(storageClass.get()),
                clock.instant());
        switch (plan) {
            case ProfilePlan.Desired desired -> profile.ifPresentOrElse(found -> update(found, desired),
                    () -> create(key, desired));
            case ProfilePlan.Unusable unusable -> {
                LOG.warn("StorageProfile {}: {}", key, unusable.message());
                profile.ifPresent(found -> events.warning(found, Reasons.INCOMPLETE_CLAIM_PROPERTY_SET,
                        unusable.message()));
            }
        }
        return Outcome.DONE;
    }

    private void create(Key key, ProfilePlan.Desired desired) {
        StorageProfile profile = new StorageProfile();
        profile.setMetadata(new ObjectMetaBuilder().withName(key.name()).withLabels(labels())
                .withOwnerReferences(ActiveCdi.owner(cluster.informer(Kinds.CDI).list()).stream().toList()).build());
        profile.setSpec(new StorageProfileSpec(List.of(), null, null, null, Map.of()));
        desired.annotations().forEach((name, value) -> value
                .ifPresent(text -> profile.getMetadata().getAnnotations().put(name, text)));
        try {
            StorageProfile created = cluster.create(Kinds.STORAGE_PROFILE, profile);
            patchStatus(created, desired);
        } catch (ClusterException.AlreadyExists e) {
            LOG.debug("StorageProfile {} is there already; its own event will wake this again", key);
        }
    }

    private void update(StorageProfile profile, ProfilePlan.Desired desired) {
        Patch.Builder patch = Patch.of(profile);
        labels().forEach((name, value) -> {
            if (!value.equals(Labels.of(profile, name).orElse(null))) {
                patch.label(name, value);
            }
        });
        desired.annotations().forEach((name, value) -> patch.annotation(name, value.orElse(null)));
        StorageProfile current = patch.isEmpty()
                ? profile
                : cluster.patch(Kinds.STORAGE_PROFILE, Key.of(profile), patch.build());
        patchStatus(current, desired);
    }

    private void patchStatus(StorageProfile profile, ProfilePlan.Desired desired) {
        Patch.Builder patch = Patch.unchanged(profile).difference(profile.getStatus(), desired.status(), "status");
        if (!patch.isEmpty()) {
            cluster.patchStatus(Kinds.STORAGE_PROFILE, Key.of(profile), patch.build());
        }
    }

    private Map<String, String> labels() {
        Map<String, String> labels = installer.labels(Labels.MANAGED_BY_CONTROLLER);
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.COMPONENT, "");
        return labels;
    }

    private List<PersistentVolume> volumes(StorageClass storageClass) {
        return VolumesByHand.isProvisioner(storageClass.getProvisioner())
                ? storage.volumesOf(storageClass.getMetadata().getName())
                : List.of();
    }

    /** The class of a volume that somebody made by hand. */
    private Collection<Key> classOf(PersistentVolume volume) {
        String name = volume.getSpec().getStorageClassName();
        return name == null || name.isEmpty()
                ? List.of()
                : cluster.informer(Kinds.STORAGE_CLASS).get(Key.cluster(name))
                        .filter(found -> VolumesByHand.isProvisioner(found.getProvisioner())).map(Key::of).stream()
                        .toList();
    }

    /** The classes whose volumes a snapshot class is for. */
    private Collection<Key> classesOf(VolumeSnapshotClass snapshotClass) {
        Informer<StorageClass> classes = cluster.informer(Kinds.STORAGE_CLASS);
        return classes.list().stream().filter(found -> snapshotClass.getDriver().equals(found.getProvisioner()))
                .map(Key::of).toList();
    }
}
