package io.datavolume.scenarios.datavolume;

import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a worker answers to an order, by the image that it names. */
final class PlayedWorker {

    /** Where the images would be. */
    static final String HOST = "http://192.0.2.1/";

    private volatile boolean released;

    void release(boolean now) {
        released = now;
    }

    /** The answer; empty while it still works. */
    Optional<TransferResult> answer(TransferSpec order) {
        String location = order.source().location();
        if (location.equals(TransferSpec.SourceSpec.BLANK)) {
            return Optional.of(complete(0));
        }
        Image image = Arrays.stream(Image.values()).filter(i -> location.equals(HOST + i.path())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(location));
        if (order.action() == TransferSpec.Action.INSPECT) {
            return Optional.of(complete(image.size()));
        }
        return switch (image) {
            case DELTA -> Optional.of(refused(Reason.REFUSED_IMAGE, "backing-file: the image needs another file"));
            case LATER -> Optional.of(released ? complete(image.size()) : refused(Reason.NOT_FOUND, "404 Not Found"));
            case SLOW -> released ? Optional.of(complete(image.size())) : Optional.empty();
            case TAIL -> Optional.of(order.scratchFolder().isPresent()
                    ? complete(image.size())
                    : result(Outcome.NEEDS_SCRATCH, "scratch space is needed", Optional.empty(), 0));
            case DISK, LARGE -> Optional.of(image.size() <= room(order.target())
                    ? complete(image.size())
                    : refused(Reason.TOO_LARGE, "A larger PVC is required: at least 136Mi"));
        };
    }

    private static long room(TransferSpec.TargetSpec target) {
        return (long) (target.size().orElseThrow() / (1 + target.overhead().orElse(0.0))) >> 20 << 20;
    }

    private static TransferResult complete(long size) {
        return result(Outcome.COMPLETE, "Import Complete", Optional.empty(), size);
    }

    private static TransferResult refused(Reason reason, String message) {
        return result(Outcome.NEEDS_USER, message, Optional.of(reason.name()), 0);
    }

    private static TransferResult result(Outcome outcome, String message, Optional<String> reason, long size) {
        return new TransferResult(outcome, message, reason, Optional.of("qcow2"), "", size, size, 0, size, 0.1, false,
                0, Map.of(), Optional.empty(), Optional.empty());
    }
}
