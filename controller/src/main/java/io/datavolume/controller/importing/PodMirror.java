package io.datavolume.controller.importing;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker pod's state means for its claim: annotations to set (null removes), labels of the image, an event, and
 * whether the pod must be replaced.
 *
 * @param annotations wanted values, of which some may be there already
 * @param labels of the image, for keys that the claim does not have
 * @param failure message of an {@code ErrImportFailed} event
 * @param replace whether the pod is to be deleted so that another one is made
 */
record PodMirror(Map<String, @Nullable String> annotations, Map<String, String> labels, Optional<String> failure,
        boolean replace) {

    private static final List<String> TOO_SMALL = List.of("is larger than the reported available",
            "no space left on device", "file largest block is bigger than maxblock", "disk quota exceeded");

    static PodMirror of(PersistentVolumeClaim claim, Pod pod, Instant now) {
        WorkerState state = WorkerState.of(pod);
        Map<String, @Nullable String> set = new LinkedHashMap<>();
        set.put(ImportAnnotations.POD_NAME, pod.getMetadata().getName());
        set.put(PodAnnotations.SCHEDULABLE,
                String.valueOf(!(state.phase().equals(PodPhases.PENDING) && state.unschedulable())));
        if (!state.phase().equals(PodPhases.PENDING)
                && Annotations.is(claim, PodAnnotations.BOUND_REASON, Reasons.CREATING_SCRATCH_SPACE)) {
            // The pod has its scratch claim, so there is nothing left that the disk's claim waits for.
            set.put(PodAnnotations.BOUND, null);
            set.put(PodAnnotations.BOUND_REASON, null);
            set.put(PodAnnotations.BOUND_MESSAGE, null);
        }
        restarts(claim, state).ifPresent(restarts -> set.put(PodAnnotations.RESTARTS, restarts));
        if (state.outOfMemory() && !state.running()) {
            return outOfMemory(pod, set);
        }
        if (state.ended().isPresent()) {
            return ended(claim, pod, state, now, set);
        }
        set.put(PodAnnotations.PHASE, state.phase());
        if (state.running()) {
            running(set, true, Reasons.POD_RUNNING, "");
        } else if (state.lacksImage()) {
            running(set, false, Reasons.IMAGE_PULL_FAILED, Messages.imagePullFailed(state.image()));
        } else if (state.waiting().isPresent()) {
            ContainerStateWaiting waiting = state.waiting().get();
            running(set, false, Objects.requireNonNullElse(waiting.getReason(), ""),
                    simplified(Objects.requireNonNullElse(waiting.getMessage(), "")));
        }
        return new PodMirror(set, Map.of(), Optional.empty(), false);
    }

    private static PodMirror outOfMemory(Pod pod, Map<String, @Nullable String> set) {
        // One try around the page cache; where that was it, the next goes through it again. What this worker did is asked
        // of itself: while it goes it may be seen again, when the claim says already what the next shall do.
        boolean wasDirect = WorkerOrder.isDirect(pod);
        set.put(ImportAnnotations.REQUIRES_DIRECT_IO, String.valueOf(!wasDirect));
        running(set, false, Reasons.OOM_KILLED, "The importer was killed because its memory was not sufficient"
                + (wasDirect ? "" : "; it is tried again with direct I/O"));
        return new PodMirror(set, Map.of(), Optional.of("The importer pod " + pod.getMetadata().getName()
                + " was killed because its memory was not sufficient"), true);
    }

    private static PodMirror ended(PersistentVolumeClaim claim, Pod pod, WorkerState state, Instant now,
            Map<String, @Nullable String> set) {
        WorkerAnswer answer = WorkerAnswer.of(state.ended().orElseThrow());
        if (answer.exitCode() == 0 && answer.is(Outcome.NEEDS_SCRATCH)) {
            set.put(ImportAnnotations.REQUIRES_SCRATCH, "true");
            set.put(RetryAnnotations.SCRATCH_BYTES,
                    answer.result().map(r -> String.valueOf(Math.max(0, r.scratchBytes()))).orElse(null));
            running(set, false, Reasons.SCRATCH_SPACE_REQUIRED, Messages.SCRATCH_REQUIRED);
            return new PodMirror(set, Map.of(), Optional.empty(), true);
        }
        if (answer.exitCode() == 0 && answer.is(Outcome.NEEDS_USER)) {
            return needsUser(claim, pod, answer, now, set);
        }
        String message = simplified(answer.text());
        running(set, false, answer.reason(), message);
        if (answer.exitCode() == 0) {
            return succeeded(claim, answer, set);
        }
        set.put(PodAnnotations.PHASE, state.phase());
        return new PodMirror(set, Map.of(), changed(claim, set), false);
    }

    private static PodMirror succeeded(PersistentVolumeClaim claim, WorkerAnswer answer,
            Map<String, @Nullable String> set) {
        // The kubelet tells of the container a second before it tells of the pod.
        set.put(PodAnnotations.PHASE, PodPhases.SUCCEEDED);
        set.putAll(RetrySchedule.NONE.annotations());
        ProgressAnnotations.ALL.forEach(key -> set.put(key, null));
        Optional<TransferResult> result = answer.result();
        if (result.filter(TransferResult::preallocationApplied).isPresent()) {
            set.put(Annotations.PREALLOCATION, "true");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> present = Objects.requireNonNullElse(claim.getMetadata().getLabels(), Map.of());
        Map<String, String> ofImage = new LinkedHashMap<>();
        result.flatMap(TransferResult::architecture).ifPresent(name -> ofImage.put(Labels.ARCHITECTURE, name));
        // Who built the image may have named another one.
        ofImage.putAll(result.map(TransferResult::labels).orElse(Map.of()));
        ofImage.forEach((key, value) -> {
            if (!present.containsKey(key) && ImageLabels.isValid(key, value)) {
                labels.put(key, value);
            }
        });
        return new PodMirror(set, labels, Optional.empty(), false);
    }

    private static PodMirror needsUser(PersistentVolumeClaim claim, Pod pod, WorkerAnswer answer, Instant now,
            Map<String, @Nullable String> set) {
        boolean checksum = answer.isReason(WorkerAnswer.CHECKSUM);
        String message = tooLarge(answer) ? Messages.TOO_SMALL + ": " + answer.text() : simplified(answer.text());
        running(set, false, checksum ? Reasons.CHECKSUM_ERROR : Reasons.ERROR, message);
        if (checksum || answer.isReason(WorkerAnswer.REFUSED_IMAGE)) {
            set.put(ImportAnnotations.FATAL_ERROR, "true");
            set.put(PodAnnotations.PHASE, PodPhases.FAILED);
            return new PodMirror(set, Map.of(), changed(claim, set), false);
        }
        // The wire keeps such an import in progress, with the error in Running.
        set.put(PodAnnotations.PHASE, PodPhases.RUNNING);
        set.putAll(RetrySchedule.of(claim).failed(pod, now).annotations());
        return new PodMirror(set, Map.of(), changed(claim, set), false);
    }

    private static boolean tooLarge(WorkerAnswer answer) {
        return answer.isReason(WorkerAnswer.TOO_LARGE) || answer.isReason(WorkerAnswer.NO_SPACE);
    }

    private static void running(Map<String, @Nullable String> set, boolean running, String reason, String message) {
        set.put(PodAnnotations.RUNNING, String.valueOf(running));
        set.put(PodAnnotations.RUNNING_REASON, reason);
        set.put(PodAnnotations.RUNNING_MESSAGE, message);
    }

    /** The message, if this failure is not the one that the claim shows already. */
    private static Optional<String> changed(PersistentVolumeClaim claim, Map<String, @Nullable String> set) {
        String message = Objects.requireNonNullElse(set.get(PodAnnotations.RUNNING_MESSAGE), "");
        boolean shown = Annotations.is(claim, PodAnnotations.RUNNING, "false")
                && Annotations.is(claim, PodAnnotations.RUNNING_MESSAGE, message)
                && !set.containsKey(PodAnnotations.RESTARTS);
        return shown || message.isEmpty() ? Optional.empty() : Optional.of(message);
    }

    /** Restarts only grow, also when a new pod begins at none. */
    private static Optional<String> restarts(PersistentVolumeClaim claim, WorkerState state) {
        String known = Annotations.of(claim, PodAnnotations.RESTARTS).orElse("");
        boolean grown = !known.matches("\\d{1,9}") || Integer.parseInt(known) < state.restarts();
        return grown ? Optional.of(String.valueOf(state.restarts())) : Optional.empty();
    }

    static String simplified(String message) {
        return TOO_SMALL.stream().anyMatch(message::contains) && !message.startsWith(Messages.TOO_SMALL)
                ? Messages.TOO_SMALL
                : message;
    }
}
