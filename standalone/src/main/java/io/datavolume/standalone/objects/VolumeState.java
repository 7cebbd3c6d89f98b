package io.datavolume.standalone.objects;

import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.progress.Progress;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How far a DataVolume is, or a claim that is filled without one.
 *
 * @param progress of its worker, while one works
 * @param note what is waited for, or what went wrong; empty if there is nothing to say
 * @param failure why it goes no further until its user does something; USAGE for what this release cannot do
 * @param attempts how often it failed so, since it began
 */
public record VolumeState(Phase phase, Optional<Progress> progress, String note, Optional<Reason> failure,
        int attempts) {

    /** @param claim that it fills, if there is one */
    public static VolumeState of(DataVolume volume, Optional<PersistentVolumeClaim> claim) {
        Phase phase = volume.phase();
        Optional<Reason> failure = isSupported(volume)
                ? claim.flatMap(filled -> failure(phase, filled))
                : Optional.of(Reason.USAGE);
        // The claim knows of a failure before the DataVolume's conditions do.
        String note = failure.flatMap(reason -> claim).map(VolumeState::note).filter(Predicate.not(String::isEmpty))
                .orElseGet(() -> note(volume));
        return new VolumeState(phase, claim.flatMap(VolumeState::progress), note, failure,
                claim.map(VolumeState::attempts).orElse(0));
    }

    private static boolean isSupported(DataVolume volume) {
        return volume.condition(ConditionTypes.BOUND).map(Condition::reason)
                .filter(Reasons.NOT_SUPPORTED::equals).isEmpty();
    }

    /** @param waits whether its volume is made only when a pod uses it, and none does */
    public static VolumeState of(PersistentVolumeClaim claim, boolean waits) {
        Phase phase = phase(claim, waits);
        return new VolumeState(phase, progress(claim), note(claim), failure(phase, claim), attempts(claim));
    }

    private static Phase phase(PersistentVolumeClaim claim, boolean waits) {
        if (ClaimPhases.isBound(claim)) {
            return Phase.SUCCEEDED;
        }
        if (Annotations.isTrue(claim, ImportAnnotations.FATAL_ERROR)) {
            return Phase.FAILED;
        }
        if (Annotations.has(claim, PodAnnotations.PHASE)) {
            return Phase.IMPORT_IN_PROGRESS;
        }
        return waits ? Phase.WAIT_FOR_FIRST_CONSUMER : Phase.PENDING;
    }

    public boolean isComplete() {
        return phase == Phase.SUCCEEDED;
    }

    private static Optional<Progress> progress(PersistentVolumeClaim claim) {
        if (!Annotations.is(claim, PodAnnotations.RUNNING, "true")) {
            return Optional.empty();
        }
        return Annotations.of(claim, ProgressAnnotations.STAGE)
                .flatMap(
                        id -> Arrays.stream(Progress.Stage.values()).filter(stage -> stage.id().equals(id)).findFirst())
                .map(stage -> {
                    long done = number(claim, ProgressAnnotations.BYTES, 0);
                    return new Progress(stage, done, 0, number(claim, ProgressAnnotations.TOTAL, -1), done,
                            number(claim, ProgressAnnotations.RATE, 0));
                });
    }

    private static String note(PersistentVolumeClaim claim) {
        return Annotations.is(claim, PodAnnotations.RUNNING, "false")
                ? Annotations.of(claim, PodAnnotations.RUNNING_MESSAGE).orElse("")
                : "";
    }

    private static String note(DataVolume volume) {
        return Stream.of(ConditionTypes.RUNNING, ConditionTypes.BOUND).map(volume::condition)
                .flatMap(Optional::stream).filter(condition -> !condition.status().equals(Condition.TRUE))
                .map(Condition::message).filter(Predicate.not(String::isEmpty)).findFirst().orElse("");
    }

    private static int attempts(PersistentVolumeClaim claim) {
        return (int) number(claim, RetryAnnotations.ATTEMPTS, 0);
    }

    private static Optional<Reason> failure(Phase phase, PersistentVolumeClaim claim) {
        boolean stopped = Annotations.is(claim, PodAnnotations.RUNNING, "false")
                && Annotations.of(claim, RetryAnnotations.ATTEMPTS).isPresent();
        if (phase == Phase.SUCCEEDED || phase != Phase.FAILED && !stopped) {
            return Optional.empty();
        }
        if (Annotations.is(claim, PodAnnotations.RUNNING_REASON, Reasons.CHECKSUM_ERROR)) {
            return Optional.of(Reason.CHECKSUM);
        }
        if (Annotations.isTrue(claim, ImportAnnotations.FATAL_ERROR)) {
            return Optional.of(Reason.REFUSED_IMAGE);
        }
        return Optional.of(Annotations.of(claim, PodAnnotations.RUNNING_MESSAGE)
                .filter(message -> message.startsWith(Messages.TOO_SMALL)).isPresent()
                        ? Reason.TOO_LARGE
                        : Reason.NOT_FOUND);
    }

    private static long number(PersistentVolumeClaim claim, String annotation, long otherwise) {
        return Annotations.of(claim, annotation).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong)
                .orElse(otherwise);
    }
}
