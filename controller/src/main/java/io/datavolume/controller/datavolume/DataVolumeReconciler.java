package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.event.EventWriter;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeStatus;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives each DataVolume its claim and tells users how far it is. */
public final class DataVolumeReconciler implements Reconciler {

    /** DataVolumes without a phase, or waiting for storage: any change of the cluster's storage may let them go on. */
    private static final Index<DataVolume> WAITING = new Index<>("waiting",
            dv -> dv.phase() == Phase.UNSET || dv.phase() == Phase.PENDING ? List.of("") : List.of());

    private final Cluster cluster;
    private final EventWriter events;
    private final DataVolumeSettings settings;
    private final SizeDetection sizes;
    private final Clock clock;
    private final Informer<DataVolume> dataVolumes;
    private final Informer<PersistentVolumeClaim> claims;

    public DataVolumeReconciler(Cluster cluster, EventWriter events, DataVolumeSettings settings, SizeDetection sizes,
            Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.settings = settings;
        this.sizes = sizes;
        this.clock = clock;
        dataVolumes = cluster.informer(Kinds.DATA_VOLUME);
        dataVolumes.index(WAITING);
        claims = cluster.informer(Kinds.CLAIM);
    }

    @Override
    public String name() {
        return "datavolume-controller";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.DATA_VOLUME), new Trigger<>(Kinds.CLAIM, this::ofClaim),
                new Trigger<>(Kinds.POD, pod -> Owners.controllerOf(pod, Kinds.DATA_VOLUME).stream().toList()),
                new Trigger<>(Kinds.STORAGE_CLASS, changed -> waiting()),
                new Trigger<>(Kinds.STORAGE_PROFILE, changed -> waiting()),
                new Trigger<>(Kinds.VOLUME, volume -> "Available".equals(volume.getStatus() == null
                        ? null
                        : volume.getStatus().getPhase()) ? waiting() : List.of()));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<DataVolume> found = dataVolumes.get(key).filter(dv -> dv.getMetadata().getDeletionTimestamp() == null);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        DataVolume dataVolume = found.get();
        return switch (Dispatch.of(dataVolume)) {
            case Dispatch.Import wanted -> reconcile(dataVolume, Optional.of(wanted.source()), new ImportPopulation());
            case Dispatch.External external ->
                reconcile(dataVolume, Optional.empty(), new ExternalPopulation(hasDriver(dataVolume)));
            case Dispatch.NotSupported not -> blocked(dataVolume, not.component(),
                    Notice.warning(Reasons.NOT_SUPPORTED, Messages.notSupported(not.what())));
            case Dispatch.Invalid invalid -> blocked(dataVolume, EventComponents.DATA_VOLUME_IMPORT,
                    Notice.warning(Reasons.CLAIM_NOT_VALID, invalid.message()));
        };
    }

    private Outcome reconcile(DataVolume dataVolume, Optional<ImportSource> source, Population population) {
        EventRecorder recorder = events.recorder(population.component());
        Seen seen = see(dataVolume);
        SizeDetection.Result size = source.isPresent() && seen.claim().isEmpty()
                ? sizes.look(dataVolume, source.get())
                : SizeDetection.Result.NONE;
        SyncPlan plan = SyncPlanner.plan(seen, source, size.bytes(), settings.world(dataVolume));
        plan.notices().forEach(notice -> tell(recorder, dataVolume, notice));
        Optional<PhasePlan> forced = plan.phase();
        Outcome outcome = Outcome.DONE;
        RuntimeException failure = null;
        Seen now = seen;
        try {
            for (SyncStep step : plan.steps()) {
                if (step instanceof SyncStep.DetectSize && source.isPresent()) {
                    size = sizes.detect(dataVolume, source.get(), recorder);
                    forced = size.blocked();
                    outcome = size.outcome();
                } else {
                    now = act(now, step);
                }
            }
            if (size.bytes().isPresent() && plan.steps().stream().anyMatch(SyncStep.CreateClaim.class::isInstance)) {
                size.notice().ifPresent(notice -> tell(recorder, dataVolume, notice));
                sizes.done(dataVolume);
            }
        } catch (ClusterException.Forbidden e) {
            failure = e;
            String message = String.valueOf(e.getMessage());
            forced = Optional.of(PhasePlan.forced(Phase.PENDING, Notice.warning(
                    e.isQuota() ? Reasons.EXCEEDED_QUOTA : Reasons.CLAIM_NOT_VALID, message)));
        } catch (ClusterException.Invalid e) {
            failure = e;
            forced = Optional.of(PhasePlan.forced(Phase.PENDING,
                    Notice.warning(Reasons.CLAIM_NOT_VALID, String.valueOf(e.getMessage()))));
        }
        updateStatus(recorder, now, population, forced);
        if (failure != null) {
            throw failure;
        }
        plan.failure().ifPresent(message -> {
            throw new IllegalStateException(message);
        });
        return outcome;
    }

    private Outcome blocked(DataVolume dataVolume, String component, Notice why) {
        updateStatus(events.recorder(component), see(dataVolume), new ImportPopulation(),
                Optional.of(PhasePlan.forced(Phase.PENDING, why)));
        return Outcome.DONE;
    }

    private Seen see(DataVolume dataVolume) {
        return see(dataVolume, claims.get(Key.of(dataVolume)));
    }

    private Seen see(DataVolume dataVolume, Optional<PersistentVolumeClaim> claim) {
        Key key = Key.of(dataVolume);
        Optional<PersistentVolumeClaim> prime = claim
                .flatMap(c -> claims.get(new Key(key.namespace(), Names.primeClaim(c.getMetadata().getUid()))));
        BindingMode binding = claim.map(c -> BindingMode
                .ofClaim(Optional.ofNullable(c.getSpec().getStorageClassName()), settings.classes()))
                .orElse(BindingMode.IMMEDIATE);
        return new Seen(dataVolume, claim, prime, binding, settings.honorsFirstConsumer(), settings.adoptsClaims());
    }

    private boolean hasDriver(DataVolume dataVolume) {
        return settings.classes().ofClaim(dataVolume.getSpec().storageClass())
                .filter(c -> settings.world(dataVolume).hasCsiDriver().test(c.getProvisioner())).isPresent();
    }

    /** Does one step; returns what is known then, so that the status is of the objects as they are. */
    private Seen act(Seen seen, SyncStep step) {
        DataVolume dataVolume = seen.dataVolume();
        Key key = Key.of(dataVolume);
        return switch (step) {
            case SyncStep.PatchDataVolume patch ->
                see(cluster.patch(Kinds.DATA_VOLUME, key, patch.patch()), seen.claim());
            case SyncStep.PatchClaim patch ->
                see(dataVolume, Optional.of(cluster.patch(Kinds.CLAIM, key, patch.patch())));
            case SyncStep.CreateClaim create ->
                see(dataVolume, Optional.of(cluster.create(Kinds.CLAIM, create.claim())));
            case SyncStep.CreateSource create -> {
                createUnlessThere(() -> cluster.create(Kinds.VOLUME_IMPORT_SOURCE, create.source()));
                yield seen;
            }
            case SyncStep.DeleteClaim delete -> {
                cluster.delete(Kinds.CLAIM, key, delete.claim().getMetadata().getUid());
                yield seen;
            }
            case SyncStep.DeleteSource delete -> {
                deleteSource(dataVolume);
                yield seen;
            }
            case SyncStep.DetectSize detect -> throw new IllegalStateException("only imports have a size to detect");
        };
    }

    /** Names of what belongs to a DataVolume hold its UID, so what has the name is ours. */
    private static void createUnlessThere(Runnable create) {
        try {
            create.run();
        } catch (ClusterException.AlreadyExists e) {
            // Made a moment ago.
        }
    }

    private void deleteSource(DataVolume dataVolume) {
        Key key = new Key(dataVolume.getMetadata().getNamespace(),
                Names.volumeImportSource(dataVolume.getMetadata().getUid()));
        cluster.informer(Kinds.VOLUME_IMPORT_SOURCE).get(key).ifPresent(
                source -> cluster.delete(Kinds.VOLUME_IMPORT_SOURCE, key, source.getMetadata().getUid()));
    }

    private void updateStatus(EventRecorder recorder, Seen seen, Population population, Optional<PhasePlan> forced) {
        DataVolume dataVolume = seen.dataVolume();
        StatusPlan plan = StatusPlanner.plan(seen, population, forced, clock.instant());
        DataVolumeStatus before = dataVolume.statusOrEmpty();
        DataVolumeStatus after = plan.status();
        Patch.Builder patch = Patch.unchanged(dataVolume);
        change(patch, before.phase(), after.phase(), "phase");
        change(patch, before.claimName(), after.claimName(), "claimName");
        change(patch, before.progress(), after.progress(), "progress");
        change(patch, before.restartCount(), after.restartCount(), "restartCount");
        change(patch, before.conditions(), after.conditions(), "conditions");
        if (!patch.isEmpty()) {
            cluster.patchStatus(Kinds.DATA_VOLUME, Key.of(dataVolume), patch.build());
            plan.notices().forEach(notice -> tell(recorder, dataVolume, notice));
        }
    }

    private static void change(Patch.Builder patch, @Nullable Object before,
            @Nullable Object after, String field) {
        if (!Objects.equals(before, after)) {
            patch.field(after, "status", field);
        }
    }

    private static void tell(EventRecorder recorder, HasMetadata about, Notice notice) {
        if (notice.warning()) {
            recorder.warning(about, notice.reason(), notice.message());
        } else {
            recorder.normal(about, notice.reason(), notice.message());
        }
    }

    /** A claim concerns the DataVolume of its name, its controller, and the one that it is populated for. */
    private Collection<Key> ofClaim(PersistentVolumeClaim claim) {
        List<Key> keys = new ArrayList<>();
        Key own = Key.of(claim);
        if (dataVolumes.get(own).isPresent()) {
            keys.add(own);
        }
        Owners.controllerOf(claim, Kinds.DATA_VOLUME).ifPresent(keys::add);
        Annotations.of(claim, Annotations.POPULATED_FOR)
                .ifPresent(name -> keys.add(new Key(own.namespace(), name)));
        // A prime claim tells of its target, whose DataVolume bears its name.
        Owners.controllerOf(claim, Kinds.CLAIM).ifPresent(keys::add);
        return keys.stream().distinct().toList();
    }

    private Collection<Key> waiting() {
        return dataVolumes.find(WAITING, "").stream().map(Key::of).toList();
    }
}
