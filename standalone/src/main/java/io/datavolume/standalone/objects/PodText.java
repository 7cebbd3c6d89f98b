package io.datavolume.standalone.objects;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A pod in few words. */
final class PodText {

    private PodText() {}

    static String ready(Pod pod) {
        List<ContainerStatus> containers = containers(pod);
        return containers.stream().filter(container -> Boolean.TRUE.equals(container.getReady())).count() + "/"
                + pod.getSpec().getContainers().size();
    }

    static int restarts(Pod pod) {
        return containers(pod).stream().mapToInt(status -> Objects.requireNonNullElse(status.getRestartCount(), 0))
                .sum();
    }

    /** Its phase, or why its container does not run. */
    static String status(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        return containers(pod).stream().map(ContainerStatus::getState).filter(Objects::nonNull)
                .flatMap(state -> reason(state).stream()).findFirst()
                .orElseGet(() -> pod.getStatus() == null
                        ? ""
                        : Objects.requireNonNullElse(pod.getStatus().getPhase(), ""));
    }

    private static Optional<String> reason(ContainerState state) {
        String reason = null;
        if (state.getWaiting() != null) {
            reason = state.getWaiting().getReason();
        } else if (state.getTerminated() != null) {
            reason = state.getTerminated().getReason();
        }
        return Optional.ofNullable(reason).filter(text -> !text.isEmpty());
    }

    private static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    }
}
