package io.datavolume.controller.populator;

import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** What is to be done next for one target claim. */
sealed interface PopulatorStep {

    /** Nothing, until something changes. */
    record Nothing() implements PopulatorStep {}

    /** It cannot go on, for this reason; tried again with back-off. */
    record Refuse(String message) implements PopulatorStep {}

    record CreatePrime(PersistentVolumeClaim prime) implements PopulatorStep {}

    /**
     * Show on the target what its prime claim says.
     *
     * @param target empty when it shows it already
     * @param failedNow whether the import has just failed for good
     */
    record ShowProgress(Optional<Patch> target, boolean failedNow) implements PopulatorStep {}

    /** Hand the volume to the target. */
    record Rebind(PersistentVolume volume, Patch patch) implements PopulatorStep {}

    /** The target has its volume: say that it is populated. */
    record Complete(Patch target) implements PopulatorStep {}

    /** The prime claim has served. */
    record DeletePrime(PersistentVolumeClaim prime) implements PopulatorStep {}

    /** The prime claim has served, and the user wants to keep it. */
    record RetainPrime(PersistentVolumeClaim prime) implements PopulatorStep {}
}
