package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.Reasons;
import io.datavolume.controller.events.ClaimEvents;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import java.util.Objects;
import java.util.Optional;

/** Fills claims that ask for an import by worker pods. */
public final class ImportReconciler implements Reconciler {

    /** Pods by the claims that they use, as {@code namespace/name}. */
    public static final Index<Pod> BY_CLAIM = new Index<>("claim", pod -> pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getPersistentVolumeClaim() != null)
            .map(volume -> new Key(pod.getMetadata().getNamespace(), volume.getPersistentVolumeClaim().getClaimName())
                    .toString())
            .toList());

    private final Cluster cluster;
    private final EventRecorder events;
    private final ImportSettings settings;
    private final ScratchSpace scratch;
    private final Clock clock;
    private final ProxyCertificates certificates;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<Pod> pods;
    private final Informer<Event> notes;

    public ImportReconciler(Cluster cluster, EventRecorder events, ImportSettings settings, ScratchSpace scratch,
            Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.settings = settings;
        this.scratch = scratch;
        this.clock = clock;
        certificates = new ProxyCertificates(cluster, settings);
        claims = cluster.informer(Kinds.CLAIM);
        pods = cluster.informer(Kinds.POD);
        pods.index(BY_CLAIM);
        notes = cluster.informer(Kinds.EVENT);
        notes.index(ClaimEvents.BY_OBJECT);
    }

    @Override
    public String name() {
        return EventComponents.IMPORT;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(
                new Trigger<>(Kinds.CLAIM,
                        claim -> ImportRequest.isAsked(claim) ? List.of(Key.of(claim)) : List.of()),
                new Trigger<>(Kinds.POD, pod -> Owners.controllerOf(pod, Kinds.CLAIM).stream().toList()),
                new Trigger<>(Kinds.EVENT, this::claimThatWaits));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<PersistentVolumeClaim> found = claims.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        PersistentVolumeClaim claim = found.get();
        Optional<Pod> worker = pods.get(new Key(key.namespace(), Names.importer(key.name())));
        if (worker.isPresent() && !Owners.isControlledBy(worker.get(), claim)) {
            throw new IllegalStateException("Pod is not owned by PVC");
        }
        List<Pod> users = worker.isPresent() ? List.of() : pods.find(BY_CLAIM, key.toString());
        Supplier<String> basis = () -> RetryBasis.of(claim, target(claim), cluster);
        return act(claim, basis, ImportPlanner.plan(new ImportPlanner.Seen(claim, worker, users, bound(claim),
                settings.honorsFirstConsumer()), basis, clock.instant()));
    }

    /** Events of a prime claim are shown by its target. */
    private Map<String, @Nullable String> bound(PersistentVolumeClaim claim) {
        return Names.isPrimeClaim(claim.getMetadata().getName())
                ? Map.of()
                : ClaimEvents.bound(claim,
                        ClaimEvents.newest(notes.find(ClaimEvents.BY_OBJECT, claim.getMetadata().getUid())));
    }

    private Collection<Key> claimThatWaits(Event event) {
        return ClaimEvents.claim(event).filter(key -> claims.get(key)
                .filter(claim -> ImportRequest.isAsked(claim) && claim.getSpec().getVolumeName() == null).isPresent())
                .stream().toList();
    }

    private Outcome act(PersistentVolumeClaim claim, Supplier<String> basis, ImportStep step) {
        Key key = Key.of(claim);
        switch (step) {
            case ImportStep.Nothing nothing -> {
            }
            case ImportStep.Wait wait -> {
                return Outcome.after(wait.time());
            }
            case ImportStep.TellInUse inUse -> {
                inUse.users().forEach(pod -> events.warning(claim, Reasons.IMPORT_TARGET_IN_USE, ClaimMessages.inUse(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), key.name())));
                return Outcome.after(ImportPlanner.IN_USE);
            }
            case ImportStep.ShowBound show -> cluster.patch(Kinds.CLAIM, key, show.patch());
            case ImportStep.Refuse refuse -> {
                cluster.patch(Kinds.CLAIM, key, refuse.patch());
                events.warning(claim, Reasons.NOT_SUPPORTED, refuse.message());
            }
            case ImportStep.NamePod name -> cluster.patch(Kinds.CLAIM, key, name.patch());
            case ImportStep.CreatePod create -> {
                return createPod(claim, basis.get());
            }
            case ImportStep.DeletePod delete -> deletePod(delete.pod());
            case ImportStep.Mirror mirror -> {
                mirror(claim, mirror);
                return mirror.replace() ? Outcome.DONE : given(claim, mirror.pod());
            }
        }
        return Outcome.DONE;
    }

    private Outcome given(PersistentVolumeClaim claim, Pod pod) {
        return certificates.provide(pod, claim, events) ? Outcome.DONE : Outcome.after(ProxyCertificates.LOOK);
    }

    private Outcome createPod(PersistentVolumeClaim claim, String basis) {
        ImportRequest request = ImportRequest.of(claim);
        WorkerSettings worker = settings.worker();
        String order = WorkerOrder.of(claim, target(claim), request, worker, settings.overhead(claim));
        Pod pod = WorkerPod.of(WorkerPod.Frame.of(claim, target(claim), basis),
                WorkerMounts.of(claim, request, worker), order, worker);
        try {
            return given(claim, cluster.create(Kinds.POD, pod));
        } catch (ClusterException.AlreadyExists e) {
            // Ours, of a moment ago: the informer will tell.
            return Outcome.DONE;
        } catch (ClusterException.Forbidden | ClusterException.Invalid e) {
            tellCannotStart(claim, pod, e);
            throw e;
        }
    }

    private void tellCannotStart(PersistentVolumeClaim claim, Pod pod, ClusterException why) {
        boolean quota = why instanceof ClusterException.Forbidden forbidden && forbidden.isQuota();
        String reason = quota ? Reasons.EXCEEDED_QUOTA : Reasons.STARTING_POD;
        String message = ClaimMessages.cannotStartPod(pod.getMetadata().getName());
        events.warning(claim, reason, message);
        // The API server's words say what is missing, which the wire's text does not.
        String shown = message + ": " + Objects.requireNonNullElse(why.getMessage(), "");
        if (!Annotations.is(claim, PodAnnotations.RUNNING_MESSAGE, shown)) {
            cluster.patch(Kinds.CLAIM, Key.of(claim), Patch.of(claim)
                    .annotation(PodAnnotations.RUNNING, "false")
                    .annotation(PodAnnotations.RUNNING_REASON, reason)
                    .annotation(PodAnnotations.RUNNING_MESSAGE, shown)
                    .annotation(PodAnnotations.PHASE, PodPhases.FAILED).build());
        }
    }

    private void mirror(PersistentVolumeClaim claim, ImportStep.Mirror mirror) {
        mirror.patch().ifPresent(patch -> cluster.patch(Kinds.CLAIM, Key.of(claim), patch));
        mirror.failure().ifPresent(message -> events.warning(claim, Reasons.ERR_IMPORT_FAILED, message));
        if (mirror.completed()) {
            events.normal(claim, Reasons.IMPORT_SUCCEEDED, ClaimMessages.IMPORT_SUCCESSFUL);
        }
        if (mirror.scratch()) {
            scratch.provide(claim, mirror.pod());
        }
        if (mirror.replace()) {
            deletePod(mirror.pod());
        }
    }

    private void deletePod(Pod pod) {
        scratch.remove(pod);
        cluster.delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
    }

    /** The claim that users see. */
    private PersistentVolumeClaim target(PersistentVolumeClaim claim) {
        return Owners.controllerOf(claim, Kinds.CLAIM).flatMap(claims::get).orElse(claim);
    }
}
