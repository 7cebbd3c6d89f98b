package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.VolumeModes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Volumes with a disk on them that somebody has reserved for a DataVolume's claim. */
final class StaticVolume {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StaticVolume() {}

    /** Names of the reserved volumes that the claim can be bound to. */
    static List<String> matching(PersistentVolumeClaimSpec spec, List<PersistentVolume> reserved) {
        return reserved.stream().filter(volume -> satisfies(volume, spec)).map(v -> v.getMetadata().getName()).toList();
    }

    /** What to do with a claim that waits for such a volume; empty for any other claim. */
    static Optional<SyncPlan> withClaim(DataVolume dataVolume, PersistentVolumeClaim claim) {
        Optional<String> list = Annotations.of(claim, Annotations.PERSISTENT_VOLUME_LIST);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        if (!ClaimPhases.isBound(claim)) {
            return Optional.of(SyncPlan.NOTHING);
        }
        String volume = claim.getSpec().getVolumeName();
        if (names(list.get()).contains(volume)) {
            return Optional.of(SyncPlan.of(List.of(new SyncStep.PatchClaim(Patch.of(claim)
                    .annotation(Annotations.POPULATED_FOR, dataVolume.getMetadata().getName())
                    .annotation(Annotations.PERSISTENT_VOLUME_LIST, null).build()))));
        }
        return Optional.of(new SyncPlan(List.of(new SyncStep.DeleteClaim(claim)), Optional.empty(), List.of(),
                Optional.of(Messages.unexpectedVolume(volume))));
    }

    private static List<String> names(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {
            });
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static boolean satisfies(PersistentVolume volume, PersistentVolumeClaimSpec spec) {
        String wanted = spec.getStorageClassName();
        String has = volume.getSpec().getStorageClassName();
        return volume.getStatus() != null && "Available".equals(volume.getStatus().getPhase())
                && (has == null || has.isEmpty() || wanted == null || wanted.equals(has))
                && mode(spec.getVolumeMode()).equals(mode(volume.getSpec().getVolumeMode()))
                && volume.getSpec().getAccessModes().containsAll(spec.getAccessModes()) && isLargeEnough(volume, spec);
    }

    private static boolean isLargeEnough(PersistentVolume volume, PersistentVolumeClaimSpec spec) {
        Quantity capacity = volume.getSpec().getCapacity() == null
                ? null
                : volume.getSpec().getCapacity().get("storage");
        Quantity asked = spec.getResources() == null || spec.getResources().getRequests() == null
                ? null
                : spec.getResources().getRequests().get("storage");
        return asked == null || capacity != null
                && capacity.getNumericalAmount().compareTo(asked.getNumericalAmount()) >= 0;
    }

    private static String mode(String mode) {
        return Objects.requireNonNullElse(mode, VolumeModes.FILESYSTEM);
    }
}
