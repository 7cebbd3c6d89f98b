package io.datavolume.controller.populator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.DataSources;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Reasons;
import io.datavolume.controller.events.ClaimEvents;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Fills claims that refer to a VolumeImportSource. */
public final class ImportPopulatorReconciler implements Reconciler {

    private static final Index<PersistentVolumeClaim> BY_SOURCE = new Index<>("volume-import-source",
            claim -> DataSources.importSource(claim)
                    .map(name -> new Key(claim.getMetadata().getNamespace(), name).toString()).stream().toList());

    private final Cluster cluster;
    private final EventRecorder events;
    private final Map<String, String> labels;
    private final BooleanSupplier preallocation;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<VolumeImportSource> sources;
    private final Informer<StorageClass> classes;
    private final PrimeEvents primeEvents;

    /**
     * @param labels recommended labels
     * @param preallocation whether disks are allocated in advance where the source does not say
     */
    public ImportPopulatorReconciler(Cluster cluster, EventRecorder events, Map<String, String> labels,
            BooleanSupplier preallocation) {
        this.cluster = cluster;
        this.events = events;
        this.labels = labels;
        this.preallocation = preallocation;
        claims = cluster.informer(Kinds.CLAIM);
        claims.index(BY_SOURCE);
        volumes = cluster.informer(Kinds.VOLUME);
        sources = cluster.informer(Kinds.VOLUME_IMPORT_SOURCE);
        classes = cluster.informer(Kinds.STORAGE_CLASS);
        primeEvents = new PrimeEvents(cluster, events);
    }

    @Override
    public String name() {
        return EventComponents.IMPORT_POPULATOR;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(
                new Trigger<>(Kinds.CLAIM, claim -> DataSources.importSource(claim).isPresent()
                        ? List.of(Key.of(claim))
                        : isPrime(claim) ? Owners.controllerOf(claim, Kinds.CLAIM).stream().toList() : List.of()),
                new Trigger<>(Kinds.VOLUME_IMPORT_SOURCE,
                        source -> claims.find(BY_SOURCE, Key.of(source).toString()).stream().map(Key::of).toList()),
                new Trigger<>(Kinds.EVENT, this::targetOf));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<PersistentVolumeClaim> target = claims.get(key)
                .filter(claim -> DataSources.importSource(claim).isPresent());
        if (target.isPresent()) {
            PopulatorPlanner.Seen seen = see(target.get());
            seen.prime().ifPresent(prime -> primeEvents.tell(target.get(), prime));
            act(seen, PopulatorPlanner.plan(seen, labels, preallocation.getAsBoolean()));
        }
        return Outcome.DONE;
    }

    private static boolean isPrime(PersistentVolumeClaim claim) {
        return Annotations.is(claim, Annotations.POPULATOR_KIND, Kinds.VOLUME_IMPORT_SOURCE.name());
    }

    private PopulatorPlanner.Seen see(PersistentVolumeClaim target) {
        String namespace = target.getMetadata().getNamespace();
        Optional<PersistentVolumeClaim> prime = claims
                .get(new Key(namespace, Names.primeClaim(target.getMetadata().getUid())));
        Optional<PersistentVolume> volume = prime.map(p -> p.getSpec().getVolumeName())
                .flatMap(name -> volumes.get(Key.cluster(name)));
        return new PopulatorPlanner.Seen(target, prime, volume,
                DataSources.importSource(target).flatMap(name -> sources.get(new Key(namespace, name))),
                Optional.ofNullable(target.getSpec().getStorageClassName())
                        .flatMap(name -> classes.get(Key.cluster(name))),
                prime.filter(p -> Annotations.has(p, ImportAnnotations.POD_NAME)).isPresent(),
                prime.flatMap(primeEvents::newest));
    }

    /** The target of the prime claim that an event is about. */
    private Collection<Key> targetOf(Event event) {
        return ClaimEvents.claim(event).filter(key -> Names.isPrimeClaim(key.name())).flatMap(claims::get)
                .filter(ImportPopulatorReconciler::isPrime).flatMap(prime -> Owners.controllerOf(prime, Kinds.CLAIM))
                .stream().toList();
    }

    private void act(PopulatorPlanner.Seen seen, PopulatorStep step) {
        PersistentVolumeClaim target = seen.target();
        Key key = Key.of(target);
        switch (step) {
            case PopulatorStep.Nothing nothing -> {
            }
            case PopulatorStep.Refuse refuse -> throw new IllegalStateException(refuse.message());
            case PopulatorStep.CreatePrime create -> createPrime(target, create.prime());
            case PopulatorStep.ShowProgress show -> {
                show.target().ifPresent(patch -> cluster.patch(Kinds.CLAIM, key, patch));
                if (show.failedNow()) {
                    events.warning(target, Reasons.POPULATOR_IMPORT_FAILED,
                            ClaimMessages.populatorImportFailed(key.name()));
                }
            }
            case PopulatorStep.Rebind rebind ->
                cluster.patch(Kinds.VOLUME, Key.of(rebind.volume()), rebind.patch());
            case PopulatorStep.Complete complete -> {
                cluster.patch(Kinds.CLAIM, key, complete.target());
                events.normal(target, Reasons.POPULATOR_IMPORT_SUCCEEDED,
                        ClaimMessages.populatorImportSucceeded(key.name()));
            }
            case PopulatorStep.DeletePrime delete -> cluster.delete(Kinds.CLAIM, Key.of(delete.prime()),
                    delete.prime().getMetadata().getUid());
            case PopulatorStep.RetainPrime retain ->
                events.warning(retain.prime(), Reasons.RETAINED_PVC_PRIME, ClaimMessages.PVC_PRIME_RETAINED);
        }
    }

    private void createPrime(PersistentVolumeClaim target, PersistentVolumeClaim prime) {
        try {
            cluster.create(Kinds.CLAIM, prime);
            events.normal(target, Reasons.CREATED_PVC_PRIME, ClaimMessages.PVC_PRIME_CREATED);
        } catch (ClusterException.AlreadyExists e) {
            // Ours, of a moment ago: the informer will tell.
        } catch (ClusterException.Forbidden | ClusterException.Invalid e) {
            events.warning(target, Reasons.CREATING_PVC_PRIME, String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
