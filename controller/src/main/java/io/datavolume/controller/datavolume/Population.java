package io.datavolume.controller.datavolume;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** One way in which claims of DataVolumes are filled. */
interface Population {

    /** Source component of events of DataVolumes that are filled so. */
    String component();

    /** The phase that its claim stands for; empty for the one that there is. */
    Optional<PhasePlan> phase(Seen seen, PersistentVolumeClaim claim);
}
