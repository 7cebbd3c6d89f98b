package io.datavolume.controller.importing;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the kubelet says of a worker's one container.
 *
 * @param phase of the pod
 * @param unschedulable whether no node takes the pod
 * @param running whether all containers run
 * @param waiting why the container has not started, if so
 * @param ended how the container's last run ended, if it does not run now
 * @param outOfMemory whether its last run was killed for its memory
 * @param image what it runs
 */
record WorkerState(String phase, boolean unschedulable, boolean running, Optional<ContainerStateWaiting> waiting,
        Optional<ContainerStateTerminated> ended, boolean outOfMemory, int restarts, String image) {

    private static final String CRASH_LOOP = "CrashLoopBackOff";
    private static final String OUT_OF_MEMORY = "OOMKilled";
    private static final Set<String> NO_IMAGE = Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName");

    static WorkerState of(Pod pod) {
        var status = pod.getStatus();
        String image = pod.getSpec().getContainers().isEmpty()
                ? ""
                : pod.getSpec().getContainers().getFirst().getImage();
        if (status == null) {
            return new WorkerState("", false, false, Optional.empty(), Optional.empty(), false, 0, image);
        }
        List<ContainerStatus> containers = status.getContainerStatuses();
        Optional<ContainerStatus> worker = containers.stream().findFirst();
        Optional<ContainerState> state = worker.map(ContainerStatus::getState);
        Optional<ContainerState> last = worker.map(ContainerStatus::getLastState);
        Optional<ContainerStateWaiting> waiting = state.map(ContainerState::getWaiting);
        boolean looping = waiting.filter(w -> CRASH_LOOP.equals(w.getReason())).isPresent();
        Optional<ContainerStateTerminated> ended = state.map(ContainerState::getTerminated)
                .or(() -> looping ? last.map(ContainerState::getTerminated) : Optional.empty());
        return new WorkerState(Objects.requireNonNullElse(status.getPhase(), ""),
                status.getConditions().stream().anyMatch(WorkerState::isUnschedulable),
                !containers.isEmpty()
                        && containers.stream().allMatch(c -> c.getState() != null && c.getState().getRunning() != null),
                looping ? Optional.empty() : waiting, ended,
                isOutOfMemory(state) || isOutOfMemory(last),
                worker.map(ContainerStatus::getRestartCount).orElse(0), image);
    }

    /** Whether the container waits for an image that cannot be had. */
    boolean lacksImage() {
        return waiting.filter(w -> NO_IMAGE.contains(Objects.requireNonNullElse(w.getReason(), ""))).isPresent();
    }

    private static boolean isOutOfMemory(Optional<ContainerState> state) {
        return state.map(ContainerState::getTerminated).filter(t -> OUT_OF_MEMORY.equals(t.getReason())).isPresent();
    }

    private static boolean isUnschedulable(PodCondition condition) {
        return "PodScheduled".equals(condition.getType()) && "Unschedulable".equals(condition.getReason());
    }
}
