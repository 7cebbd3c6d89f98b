package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Classifies what came out of a transfer, where it was not classified at its place. */
final class Failures {

    private Failures() {}

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
