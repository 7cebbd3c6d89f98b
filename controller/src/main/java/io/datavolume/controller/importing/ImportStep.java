package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be done next for one claim. */
sealed interface ImportStep {

    /** Nothing, until something changes. */
    record Nothing() implements ImportStep {}

    /** Nothing, but look again after this time. */
    record Wait(Duration time) implements ImportStep {}

    /** Show on the claim why it is not bound, or no longer. */
    record ShowBound(Patch patch) implements ImportStep {}

    /**
     * The claim asks for what is not done.
     *
     * @param patch says so on the claim
     */
    record Refuse(Patch patch, String message) implements ImportStep {}

    /** Write down the name of the pod before it is created. */
    record NamePod(Patch patch) implements ImportStep {}

    /** Others use the claim: tell, and look again. */
    record TellInUse(List<Pod> users) implements ImportStep {}

    record CreatePod() implements ImportStep {}

    /** The pod has to go, so that another one can be made, or because there is nothing left to do. */
    record DeletePod(Pod pod) implements ImportStep {}

    /**
     * Put on the claim what the pod says, then the rest.
     *
     * @param patch empty when the claim says it already
     * @param failure message of an event
     * @param completed whether the import has just become complete
     * @param replace the pod to delete so that another one is made
     * @param scratch whether the pod waits for its scratch claim, which is to be made
     */
    record Mirror(Pod pod, Optional<Patch> patch, Optional<String> failure, boolean completed, boolean replace,
            boolean scratch) implements ImportStep {}
}
