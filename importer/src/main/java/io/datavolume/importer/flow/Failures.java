package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/** Classifies what came out of a transfer, where it was not classified at its place. */
final class Failures {

    private Failures() {}

    /**
     * What a failed transfer comes to.
     *
     * @param bytesRead bytes received from the source
     * @param bytesWritten guest bytes written
     */
    static TransferResult result(TransferException failure, long bytesRead, long bytesWritten, double seconds) {
        return switch (failure) {
            case RetryableException e ->
                result(Outcome.RETRYABLE, e, Optional.empty(), 0, bytesRead, bytesWritten, seconds);
            case NeedsUserException e -> result(Outcome.NEEDS_USER, e, Optional.of(e.reason().name()), 0, bytesRead,
                    bytesWritten, seconds);
            case NeedsScratchException e ->
                result(Outcome.NEEDS_SCRATCH, e, Optional.empty(), e.bytes(), bytesRead, bytesWritten, seconds);
        };
    }

    private static TransferResult result(Outcome outcome, TransferException failure, Optional<String> reason,
            long scratchBytes, long bytesRead, long bytesWritten, double seconds) {
        return new TransferResult(outcome, String.valueOf(failure.getMessage()), reason, Optional.empty(), "", 0,
                bytesRead, 0, bytesWritten, seconds, false, scratchBytes, Map.of(), Optional.empty(),
                Optional.empty());
    }

    /** Shows where a failure came from to those who asked for it. */
    static <T extends Throwable> T traced(T failure) {
        if (System.getenv("CDI_DEBUG") != null) {
            failure.printStackTrace();
        }
        return failure;
    }

    static TransferException classify(Throwable failure) {
        return switch (failure) {
            case TransferException known -> known;
            case NoSuchFileException e -> new NeedsUserException(Reason.NOT_FOUND,
                    "Tried to open " + e.getFile() + " but it does not exist", e);
            case AccessDeniedException e -> new NeedsUserException(Reason.ACCESS_DENIED,
                    "Tried to open " + e.getFile() + " but access is denied", e);
            case FileSystemException e -> new NeedsUserException(Reason.TARGET,
                    "Tried to use " + e.getFile() + " but failed: " + e.getReason(), e);
            case IOException e -> new RetryableException("The transfer failed: " + e.getMessage(), e);
            case OutOfMemoryError e -> new RetryableException(
                    "The transfer ran out of memory; give it more, or fewer connections", e);
            default -> new RetryableException("The transfer failed unexpectedly: " + failure, failure);
        };
    }
}
