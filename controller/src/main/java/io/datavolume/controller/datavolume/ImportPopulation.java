package io.datavolume.controller.datavolume;

import io.datavolume.api.wire.EventComponents;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** Filled by an importer pod. */
final class ImportPopulation implements Population {

    @Override
    public String component() {
        return EventComponents.DATA_VOLUME_IMPORT;
    }

    @Override
    public Optional<PhasePlan> phase(Seen seen, PersistentVolumeClaim claim) {
        return ImportPhases.of(seen, claim);
    }
}
