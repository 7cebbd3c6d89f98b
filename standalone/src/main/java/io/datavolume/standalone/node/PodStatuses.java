package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Patch;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a pod with one container, as scheduler and kubelet word it.
 *
 * @param now when it is written
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod lifecycle</a>
 */
record PodStatuses(Pod pod, Instant now) {

    private static final String SCHEDULED = "PodScheduled";
    private static final List<String> OF_KUBELET = List.of("Initialized", "Ready", "ContainersReady");

    /** It cannot be scheduled now. */
    Patch unschedulable(String message) {
        return Patch.of(pod).field(List.of(condition(SCHEDULED, false, Reasons.UNSCHEDULABLE, message)), "status",
                "conditions").build();
    }

    /** It has a node, and nothing runs yet. */
    Patch creating() {
        return patch(PodPhases.PENDING, waiting("ContainerCreating", null), false, false)
                .field(text(now), "status", "startTime").field("127.0.0.1", "status", "hostIP").build();
    }

    /** It cannot be started for this reason. */
    Patch notReady(String reason, @Nullable String message) {
        String phase = restarts() == 0 && lastEnd().isEmpty() ? PodPhases.PENDING : PodPhases.RUNNING;
        return patch(phase, waiting(reason, message), false, false).build();
    }

    /** Whether {@link #notReady} would say what is said already. */
    boolean isWaiting(String reason, @Nullable String message) {
        return container().map(ContainerStatus::getState).map(ContainerState::getWaiting)
                .filter(w -> reason.equals(w.getReason()) && Objects.equals(message, w.getMessage())).isPresent();
    }

    /** @param restart whether it ran before */
    Patch running(long processId, boolean restart) {
        ContainerStatus status = new ContainerStatusBuilder(base()).withReady(true).withStarted(true)
                .withContainerID("process://" + processId).withRestartCount(restarts() + (restart ? 1 : 0))
                .withLastState(lastEnd().orElse(null)).withState(new ContainerStateBuilder().withNewRunning()
                        .withStartedAt(text(now)).endRunning().build())
                .build();
        return patch(PodPhases.RUNNING, status, true, true).field("127.0.0.1", "status", "podIP").build();
    }

    /** @param phase what becomes of the pod */
    Patch terminated(Termination end, String phase) {
        ContainerStatus status = new ContainerStatusBuilder(base()).withReady(false).withStarted(false)
                .withRestartCount(restarts()).withState(new ContainerStateBuilder().withNewTerminated()
                        .withExitCode(end.exitCode()).withReason(end.reason())
                        .withMessage(end.message().isEmpty() ? null : end.message()).withStartedAt(startedAt())
                        .withFinishedAt(text(now)).endTerminated().build())
                .build();
        return patch(phase, status, true, false).build();
    }

    /** It failed again and waits. */
    Patch crashLoop(Duration wait) {
        String name = pod.getSpec().getContainers().getFirst().getName();
        String message = "back-off " + wait.toSeconds() + "s restarting failed container=" + name + " pod="
                + pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
        return patch(PodPhases.RUNNING, waiting(Reasons.CRASH_LOOP_BACK_OFF, message), true, false).build();
    }

    /** The container's status as the pod shows it. */
    Optional<ContainerStatus> container() {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses)
                .filter(all -> !all.isEmpty()).map(List::getFirst);
    }

    /** Whether the pod shows its container as waiting. */
    boolean showsWaiting() {
        return container().map(ContainerStatus::getState).map(ContainerState::getWaiting).isPresent();
    }

    /** Whether the pod shows its container as running. */
    boolean showsRunning() {
        return container().map(ContainerStatus::getState).map(ContainerState::getRunning).isPresent();
    }

    /** Whether it shows that its container ended before. */
    boolean hasEnded() {
        return lastEnd().isPresent();
    }

    private int restarts() {
        return container().map(ContainerStatus::getRestartCount).orElse(0);
    }

    /** The end before this instance: the shown one, or the one that was shown before. */
    private Optional<ContainerState> lastEnd() {
        return container().flatMap(status -> {
            ContainerState state = status.getState();
            return state != null && state.getTerminated() != null
                    ? Optional.of(state)
                    : Optional.ofNullable(status.getLastState()).filter(last -> last.getTerminated() != null);
        });
    }

    private @Nullable String startedAt() {
        return container().map(ContainerStatus::getState).map(ContainerState::getRunning)
                .map(running -> running.getStartedAt()).orElse(null);
    }

    private ContainerStatus waiting(String reason, @Nullable String message) {
        return new ContainerStatusBuilder(base()).withReady(false).withStarted(false).withRestartCount(restarts())
                .withLastState(lastEnd().orElse(null)).withState(new ContainerStateBuilder().withNewWaiting()
                        .withReason(reason).withMessage(message).endWaiting().build())
                .build();
    }

    private ContainerStatus base() {
        var container = pod.getSpec().getContainers().getFirst();
        return new ContainerStatusBuilder().withName(container.getName())
                .withImage(Objects.requireNonNullElse(container.getImage(), "")).withImageID("").build();
    }

    private Patch.Builder patch(String phase, ContainerStatus container, boolean initialized, boolean ready) {
        List<PodCondition> conditions = new ArrayList<>();
        conditions.add(condition(SCHEDULED, true, null, null));
        for (String type : OF_KUBELET) {
            boolean done = PodPhases.SUCCEEDED.equals(phase);
            String reason = type.equals("Initialized") || ready ? null : done ? "PodCompleted" : "ContainersNotReady";
            conditions.add(condition(type, type.equals("Initialized") ? initialized || done : ready, reason, null));
        }
        return Patch.of(pod).field(phase, "status", "phase").field(List.of(container), "status", "containerStatuses")
                .field(conditions, "status", "conditions");
    }

    private PodCondition condition(String type, boolean holds, @Nullable String reason, @Nullable String message) {
        String status = holds ? "True" : "False";
        String since = Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
                .map(PodCondition::getLastTransitionTime).filter(Objects::nonNull).findFirst().orElse(text(now));
        return new PodConditionBuilder().withType(type).withStatus(status).withReason(reason).withMessage(message)
                .withLastTransitionTime(since).build();
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
