package io.datavolume.importer;

import io.datavolume.image.failure.NeedsUserException.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a transfer; also a worker's termination message, so it stays below 4096 bytes as JSON.
 *
 * @param outcome what happened
 * @param message for people: "Import Complete", or what was attempted, what is wrong, what to do
 * @param reason reason of a failure that only the user can mend ({@code TOO_LARGE}…), if it is one
 * @param format format of the image ({@code qcow2}), once known
 * @param compressions what was around it, outermost first, joined by commas; empty for nothing
 * @param virtualSize bytes of the disk, 0 while unknown
 * @param bytesRead bytes received from the source, those received twice counted twice
 * @param bytesReadTwice of these, what an earlier run had received and this one received again, as far as known
 * @param bytesWritten guest bytes of data written
 * @param seconds wall time
 * @param preallocationApplied whether the space was allocated in advance
 * @param scratchBytes scratch space that would do, when the outcome is NEEDS_SCRATCH
 * @param labels labels and environment of a container image, as they go to the DataVolume
 * @param digest manifest digest of a container image
 * @param checksum checksum that was verified
 */
public record TransferResult(Outcome outcome, String message, Optional<String> reason, Optional<String> format,
        String compressions, long virtualSize, long bytesRead, long bytesReadTwice, long bytesWritten, double seconds,
        boolean preallocationApplied, long scratchBytes, Map<String, String> labels, Optional<String> digest,
        Optional<String> checksum) {

    /** How a transfer ended. */
    public enum Outcome {
        /** The disk is complete and durable. */
        COMPLETE,
        /** Trying again may help. */
        RETRYABLE,
        /** Trying again gives the same; the user must act. */
        NEEDS_USER,
        /** Scratch space must be given. */
        NEEDS_SCRATCH
    }

    /** The answer to an order that could not be read, for this reason. */
    public static TransferResult refusedOrder(String message) {
        return new TransferResult(Outcome.NEEDS_USER, message, Optional.of(Reason.USAGE.name()), Optional.empty(), "",
                0, 0, 0, 0, 0, false, 0, Map.of(), Optional.empty(), Optional.empty());
    }
}
