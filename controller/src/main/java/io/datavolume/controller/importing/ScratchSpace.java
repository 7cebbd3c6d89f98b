package io.datavolume.controller.importing;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;

/** Scratch claims of worker pods that need one. */
public interface ScratchSpace {

    /** Makes the scratch claim that the pod waits for, unless it is there. */
    void provide(PersistentVolumeClaim claim, Pod pod);

    /** Removes what was made for a pod. */
    void remove(Pod pod);
}
