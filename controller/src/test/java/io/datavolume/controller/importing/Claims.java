package io.datavolume.controller.importing;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Claims and pods for tables. */
final class Claims {

    private Claims() {}

    static PersistentVolumeClaim claim(String phase, Map<String, String> annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withNamespace("ns")
                .withUid("claim-uid").withResourceVersion("7").withAnnotations(annotations).endMetadata()
                .withNewSpec().withNewResources().addToRequests("storage", new Quantity("1Gi")).endResources().endSpec()
                .withNewStatus().withPhase(phase).endStatus().build();
    }

    static Pod pod(String phase) {
        return new PodBuilder().withNewMetadata().withName("importer-disk").withNamespace("ns").withUid("pod-uid")
                .endMetadata().withNewSpec().addNewContainer().withName("importer").withImage("image")
                .endContainer().endSpec().withNewStatus().withPhase(phase).endStatus().build();
    }

    static Pod running() {
        Pod pod = pod("Running");
        pod.setStatus(new PodStatusBuilder(pod.getStatus()).addNewContainerStatus().withName("importer")
                .withRestartCount(0).withNewState().withNewRunning().endRunning().endState().endContainerStatus()
                .build());
        return pod;
    }

    static Pod waiting(String reason, String message) {
        Pod pod = pod("Pending");
        pod.setStatus(new PodStatusBuilder(pod.getStatus()).addNewContainerStatus().withName("importer")
                .withRestartCount(0).withNewState().withNewWaiting(message, reason).endState().endContainerStatus()
                .build());
        return pod;
    }

    /** @param message the termination message */
    static Pod ended(String phase, int exitCode, String reason, int restarts, String message) {
        ContainerStateTerminated ended = new ContainerStateTerminatedBuilder().withExitCode(exitCode)
                .withReason(reason).withMessage(message).build();
        Pod pod = pod(phase);
        pod.setStatus(new PodStatusBuilder(pod.getStatus()).addNewContainerStatus().withName("importer")
                .withRestartCount(restarts).withNewState().withTerminated(ended).endState().endContainerStatus()
                .build());
        return pod;
    }
}
