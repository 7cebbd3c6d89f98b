package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Patch;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.controller.events.ClaimEvents;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what to do for a claim that asks for an import, from the claim and the pods that use it. */
final class ImportPlanner {

    /** While others use the claim. */
    static final Duration IN_USE = Duration.ofSeconds(2);

    /** How long an unbound claim is left alone while its pod has nothing to tell. */
    static final Duration PROVISIONING = Duration.ofSeconds(10);

    private ImportPlanner() {}

    /**
     * What is known of one claim.
     *
     * @param worker the importer pod of the claim, if there is one
     * @param users pods that use the claim, the worker among them
     * @param bound changes of what the claim says of its binding, see {@link ClaimEvents#bound}
     * @param honorsFirstConsumer whether claims that wait for their first consumer are left alone until they are bound
     */
    record Seen(PersistentVolumeClaim claim, Optional<Pod> worker, List<Pod> users,
            Map<String, @Nullable String> bound, boolean honorsFirstConsumer) {}

    /** @param basis fingerprint of what the user may change, see {@link RetrySchedule}; asked for only where it counts */
    static ImportStep plan(Seen seen, Supplier<String> basis, Instant now) {
        if (!ImportRequest.isAsked(seen.claim)) {
            return new ImportStep.Nothing();
        }
        ImportStep step = step(seen, basis, now);
        boolean shown = step instanceof ImportStep.NamePod || step instanceof ImportStep.Mirror
                || step instanceof ImportStep.Refuse;
        return shown || seen.bound.isEmpty() ? step : new ImportStep.ShowBound(shown(seen).build());
    }

    private static Patch.Builder shown(Seen seen) {
        Patch.Builder patch = Patch.of(seen.claim);
        seen.bound.forEach(patch::annotation);
        return patch;
    }

    private static ImportStep step(Seen seen, Supplier<String> basis, Instant now) {
        PersistentVolumeClaim claim = seen.claim;
        if (seen.worker.isPresent()) {
            return withPod(seen, seen.worker.get(), basis, now);
        }
        boolean settled = isComplete(claim) || Annotations.isTrue(claim, ImportAnnotations.FATAL_ERROR);
        if (settled || isDeleting(claim) || !mayStart(claim, seen.honorsFirstConsumer)) {
            return new ImportStep.Nothing();
        }
        Optional<String> unsupported = ImportRequest.unsupported(claim);
        if (unsupported.isPresent()) {
            return refuse(seen, Messages.notSupported(unsupported.get()));
        }
        List<Pod> others = seen.users.stream().filter(ImportPlanner::isUsing).toList();
        if (!others.isEmpty()) {
            return new ImportStep.TellInUse(others);
        }
        RetrySchedule retry = RetrySchedule.of(claim);
        if (retry.isWaiting() && !retry.isDue(now, basis)) {
            return new ImportStep.Wait(RetrySchedule.LOOK);
        }
        String name = Names.importer(claim.getMetadata().getName());
        // An unbound claim is the provisioner's for now: it writes what it has read, and tries again only after seconds
        // where somebody else has written meanwhile. The pod's state will bear the name.
        if (ClaimPhases.isBound(claim) && !Annotations.is(claim, ImportAnnotations.POD_NAME, name)) {
            return new ImportStep.NamePod(shown(seen).annotation(ImportAnnotations.POD_NAME, name).build());
        }
        return new ImportStep.CreatePod();
    }

    private static ImportStep refuse(Seen seen, String message) {
        return Annotations.is(seen.claim, PodAnnotations.RUNNING_MESSAGE, message)
                ? new ImportStep.Nothing()
                : new ImportStep.Refuse(shown(seen).annotation(PodAnnotations.RUNNING, "false")
                        .annotation(PodAnnotations.RUNNING_REASON, Reasons.NOT_SUPPORTED)
                        .annotation(PodAnnotations.RUNNING_MESSAGE, message).build(), message);
    }

    static boolean isComplete(PersistentVolumeClaim claim) {
        return Annotations.is(claim, PodAnnotations.PHASE, PodPhases.SUCCEEDED);
    }

    private static ImportStep withPod(Seen seen, Pod pod, Supplier<String> basis, Instant now) {
        PersistentVolumeClaim claim = seen.claim;
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            // Its claim may wait for it; a new pod has its name, so it has to be gone first.
            return new ImportStep.Nothing();
        }
        boolean retained = Annotations.isTrue(claim, Annotations.RETAIN_AFTER_COMPLETION);
        if (isDeleting(claim)) {
            return new ImportStep.DeletePod(pod);
        }
        if (isComplete(claim)) {
            return retained ? new ImportStep.Nothing() : new ImportStep.DeletePod(pod);
        }
        RetrySchedule retry = RetrySchedule.of(claim);
        if (retry.isWaiting() && retry.pod().equals(pod.getMetadata().getUid())) {
            return retry.isDue(now, basis)
                    ? new ImportStep.DeletePod(pod)
                    : new ImportStep.Wait(RetrySchedule.LOOK);
        }
        Duration left = ClaimPhases.isBound(claim) || !isPending(pod)
                ? Duration.ZERO
                : PROVISIONING.minus(age(pod, now));
        return left.isPositive() ? new ImportStep.Wait(left) : mirror(seen, pod, now);
    }

    /** Of a pod without a time, or from the future by this clock, as if it were old enough. */
    private static Duration age(Pod pod, Instant now) {
        String created = pod.getMetadata().getCreationTimestamp();
        Duration age = created == null ? PROVISIONING : Duration.between(Instant.parse(created), now);
        return age.isNegative() ? PROVISIONING : age;
    }

    private static ImportStep mirror(Seen seen, Pod pod, Instant now) {
        PersistentVolumeClaim claim = seen.claim;
        PodMirror mirror = PodMirror.of(claim, pod, now);
        Patch.Builder patch = shown(seen);
        for (Map.Entry<String, @Nullable String> wanted : mirror.annotations().entrySet()) {
            if (!Objects.equals(wanted.getValue(), Annotations.of(claim, wanted.getKey()).orElse(null))) {
                patch.annotation(wanted.getKey(), wanted.getValue());
            }
        }
        if (Labels.of(claim, Labels.APP).filter(Labels.APP_VALUE::equals).isEmpty()) {
            patch.label(Labels.APP, Labels.APP_VALUE);
        }
        mirror.labels().forEach(patch::label);
        boolean completed = PodPhases.SUCCEEDED.equals(mirror.annotations().get(PodAnnotations.PHASE));
        boolean scratch = !mirror.replace() && usesScratch(pod) && isPending(pod);
        return new ImportStep.Mirror(pod, patch.isEmpty() ? Optional.empty() : Optional.of(patch.build()),
                mirror.failure(), completed, mirror.replace(), scratch);
    }

    private static boolean usesScratch(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(v -> v.getName().equals(WorkerLayout.SCRATCH_VOLUME));
    }

    private static boolean isPending(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                || pod.getStatus().getPhase().equals(PodPhases.PENDING);
    }

    private static boolean isUsing(Pod pod) {
        return pod.getStatus() == null || !PodPhases.isDone(pod.getStatus().getPhase());
    }

    private static boolean isDeleting(PersistentVolumeClaim claim) {
        return claim.getMetadata().getDeletionTimestamp() != null;
    }

    /** A pod binds a claim that waits for its first consumer, which is the user's to do. */
    private static boolean mayStart(PersistentVolumeClaim claim, boolean honorsFirstConsumer) {
        return !honorsFirstConsumer || Annotations.has(claim, Annotations.BIND_IMMEDIATE)
                || ClaimPhases.isBound(claim);
    }
}
