package io.datavolume.storage;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileSpec;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.CloneStrategies;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.ProfileAnnotations;
import io.datavolume.api.wire.ProfileMessages;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.SourceFormats;
import io.datavolume.storage.Recognition.Recognized;
import io.datavolume.storage.Recognition.UnknownParameters;
import io.datavolume.storage.Recognition.UnknownProvisioner;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the profile of a storage class says. An administrator's word counts first, then the table, then what the
 * cluster shows.
 */
public final class ProfilePlanner {

    private static final Set<String> STRATEGIES = Set.of(CloneStrategies.COPY, CloneStrategies.SNAPSHOT,
            CloneStrategies.CSI_CLONE);

    private final StorageProfileTable table;

    public ProfilePlanner(StorageProfileTable table) {
        this.table = table;
    }

    /**
     * The profile of a storage class.
     *
     * @param profile as it is, if it is there
     * @param volumes those of the class; they count where no provisioner makes volumes
     * @param now for the times of the condition, should it change
     */
    public ProfilePlan plan(StorageClass storageClass, Optional<StorageProfile> profile, SnapshotClasses snapshots,
            List<PersistentVolume> volumes, Instant now) {
        Optional<StorageProfileSpec> spec = profile.map(StorageProfile::getSpec);
        Optional<StorageProfileStatus> before = profile.map(StorageProfile::getStatus);
        List<ClaimPropertySet> given = spec.map(StorageProfileSpec::claimPropertySets).orElse(List.of());
        if (!given.stream().allMatch(ProfileHealth::isComplete)) {
            return new ProfilePlan.Unusable(ProfileMessages.INCOMPLETE_SET);
        }
        String provisioner = storageClass.getProvisioner();
        Recognition recognition = VolumesByHand.isProvisioner(provisioner)
                ? new Recognized(VolumesByHand.capabilities(volumes))
                : table.recognize(provisioner, parameters(storageClass));
        Optional<StorageCapabilities> known = recognition instanceof Recognized recognized
                ? Optional.of(recognized.capabilities())
                : Optional.empty();
        Optional<String> snapshotClass = snapshots.ofDriver(provisioner, spec.map(StorageProfileSpec::snapshotClass));
        StorageProfileStatus status = new StorageProfileStatus(
                given.isEmpty() ? known.map(ProfilePlanner::sets).orElse(List.of()) : given,
                cloneStrategy(storageClass, spec, known, snapshotClass.isPresent()),
                sourceFormat(spec, known, snapshotClass.isPresent()), provisioner,
                // A class that is gone stays named, so that snapshots that were made with it can be understood.
                snapshotClass.or(() -> before.map(StorageProfileStatus::snapshotClass)).orElse(null),
                storageClass.getMetadata().getName(),
                conditions(before, recognition, now),
                before.map(StorageProfileStatus::unknown).orElse(Map.of()));
        return new ProfilePlan.Desired(annotations(provisioner, profile, known, snapshots), status);
    }

    private static Map<String, String> parameters(StorageClass storageClass) {
        Map<String, String> parameters = storageClass.getParameters();
        return parameters == null ? Map.of() : parameters;
    }

    private static List<ClaimPropertySet> sets(StorageCapabilities known) {
        return known.claims().stream()
                .map(modes -> new ClaimPropertySet(List.of(modes.accessMode()), modes.volumeMode(), Map.of())).toList();
    }

    private static String cloneStrategy(StorageClass storageClass, Optional<StorageProfileSpec> spec,
            Optional<StorageCapabilities> known, boolean snapshots) {
        Optional<String> given = spec.map(StorageProfileSpec::cloneStrategy);
        if (given.isPresent()) {
            return given.get();
        }
        Optional<String> annotated = Annotations.of(storageClass, ProfileAnnotations.CLONE_STRATEGY);
        if (annotated.isPresent()) {
            return annotated.filter(STRATEGIES::contains).orElse("");
        }
        String advised = known.flatMap(StorageCapabilities::cloneStrategy).orElse(CloneStrategies.SNAPSHOT);
        return advised.equals(CloneStrategies.SNAPSHOT) && !snapshots ? CloneStrategies.COPY : advised;
    }

    private static String sourceFormat(Optional<StorageProfileSpec> spec, Optional<StorageCapabilities> known,
            boolean snapshots) {
        return spec.map(StorageProfileSpec::dataImportCronSourceFormat)
                .or(() -> known.map(StorageCapabilities::sourceFormat)
                        .filter(format -> snapshots || !format.equals(SourceFormats.SNAPSHOT)))
                .orElse(SourceFormats.PVC);
    }

    private static Map<String, Optional<String>> annotations(String provisioner, Optional<StorageProfile> profile,
            Optional<StorageCapabilities> known, SnapshotClasses snapshots) {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        known.flatMap(StorageCapabilities::minimumSize)
                .filter(size -> annotation(profile, ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE).isEmpty())
                .ifPresent(size -> changes.put(ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE, Optional.of(size)));
        known.filter(StorageCapabilities::readWriteOnceForCron)
                .filter(row -> annotation(profile, ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON).isEmpty())
                .ifPresent(row -> changes.put(ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON, Optional.of("true")));
        known.map(StorageCapabilities::cronSnapshotParameters).filter(parameters -> !parameters.isEmpty())
                .map(parameters -> snapshots.withParameters(provisioner, parameters))
                .filter(name -> !name.equals(annotation(profile, ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON)))
                .ifPresent(name -> changes.put(ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON, name));
        return changes;
    }

    private static Optional<String> annotation(Optional<StorageProfile> profile, String key) {
        return profile.flatMap(found -> Annotations.of(found, key));
    }

    private static List<Condition> conditions(Optional<StorageProfileStatus> before, Recognition recognition,
            Instant now) {
        List<Condition> conditions = before.map(StorageProfileStatus::conditions).orElse(List.of());
        return switch (recognition) {
            case Recognized recognized -> recognized(conditions, Condition.TRUE, Reasons.RECOGNIZED_PROVISIONER,
                    ProfileMessages.RECOGNIZED, now);
            case UnknownProvisioner unknown -> recognized(conditions, Condition.FALSE,
                    Reasons.UNRECOGNIZED_PROVISIONER, ProfileMessages.UNRECOGNIZED, now);
            case UnknownParameters unknown -> recognized(conditions, Condition.FALSE,
                    Reasons.UNRECOGNIZED_PARAMETERS, ProfileMessages.UNRECOGNIZED_PARAMETERS, now);
        };
    }

    private static List<Condition> recognized(List<Condition> conditions, String status, String reason,
            String message, Instant now) {
        return Condition.set(conditions, ConditionTypes.RECOGNIZED, status, reason, message, now);
    }
}
