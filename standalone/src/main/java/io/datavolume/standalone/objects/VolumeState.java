package io.datavolume.standalone.objects;

import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
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
 * How far a DataVolume is.
 *
 * @param progress of its worker, while one works
 * @param note what is waited for, or what went wrong; empty if there is nothing to say
 * @param failure why it goes no further until its user does something
 * @param attempts how often it failed so, since it began
 */
public record VolumeState(Phase phase, Optional<Progress> progress, String note, Optional<Reason> failure,
        int attempts) {

    /** @param claim that it fills, if there is one */
    public static VolumeState of(DataVolume volume, Optional<PersistentVolumeClaim> claim) {
        return new VolumeState(volume.phase(), claim.flatMap(VolumeState::progress), note(volume),
                volume.phase() == Phase.SUCCEEDED
                        ? Optional.empty()
                        : claim.flatMap(filled -> failure(volume, filled)),
                claim.map(filled -> (int) number(filled, RetryAnnotations.ATTEMPTS, 0)).orElse(0));
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

    private static String note(DataVolume volume) {
        return Stream.of(ConditionTypes.RUNNING, ConditionTypes.BOUND).map(volume::condition)
                .flatMap(Optional::stream).filter(condition -> !condition.status().equals(Condition.TRUE))
                .map(Condition::message).filter(Predicate.not(String::isEmpty)).findFirst().orElse("");
    }

    private static Optional<Reason> failure(DataVolume volume, PersistentVolumeClaim claim) {
        boolean stopped = Annotations.is(claim, PodAnnotations.RUNNING, "false")
                && Annotations.of(claim, RetryAnnotations.ATTEMPTS).isPresent();
        if (volume.phase() != Phase.FAILED && !stopped) {
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
