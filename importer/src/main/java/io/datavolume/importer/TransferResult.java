package io.datavolume.importer;

import io.datavolume.image.failure.NeedsUserException.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a transfer; as JSON (see {@link Wire}) a worker's termination message, at most 4096 bytes:
 *
 * <pre>{@code
 * {"outcome":"COMPLETE","message":"Import Complete","format":"qcow2","compressions":"xz","virtualSize":21474836480,
 *  "bytesRead":612368384,"bytesReadTwice":0,"bytesWritten":1580204032,"seconds":12.3,"preallocationApplied":false,
 *  "scratchBytes":0,"labels":{"instancetype.kubevirt.io/default-instancetype":"u1.small"},"digest":"sha256:…",
 *  "architecture":"amd64","checksum":"sha256:…"}
 * {"outcome":"NEEDS_USER","reason":"CHECKSUM","message":"checksum mismatch: expected …", …}
 * }</pre>
 *
 * <p>What is empty is left out. A reader takes what is missing as empty or 0 and passes over what it does not know.
 *
 * @param outcome what happened
 * @param message for people: "Import Complete", "Inspection Complete", or what was attempted, what is wrong, what to do
 * @param reason reason of a failure that only the user can mend ({@code NOT_FOUND}, {@code ACCESS_DENIED},
 *        {@code TOO_LARGE}, {@code REFUSED_IMAGE}, {@code CHECKSUM}, {@code NO_SPACE}, {@code TARGET},
 *        {@code SOURCE_CHANGED}, {@code USAGE}), if it is one
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
 * @param architecture of a container image, as its configuration has it ({@code arm64}), if it says
 */
public record TransferResult(Outcome outcome, String message, Optional<String> reason, Optional<String> format,
        String compressions, long virtualSize, long bytesRead, long bytesReadTwice, long bytesWritten, double seconds,
        boolean preallocationApplied, long scratchBytes, Map<String, String> labels, Optional<String> digest,
        Optional<String> checksum, Optional<String> architecture) {

    /** The result for a disk that came in no container image. */
    public TransferResult(Outcome outcome, String message, Optional<String> reason, Optional<String> format,
            String compressions, long virtualSize, long bytesRead, long bytesReadTwice, long bytesWritten,
            double seconds, boolean preallocationApplied, long scratchBytes, Map<String, String> labels,
            Optional<String> digest, Optional<String> checksum) {
        this(outcome, message, reason, format, compressions, virtualSize, bytesRead, bytesReadTwice, bytesWritten,
                seconds, preallocationApplied, scratchBytes, labels, digest, checksum, Optional.empty());
    }

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
        return bare(Outcome.NEEDS_USER, message, Optional.of(Reason.USAGE.name()));
    }

    /** The answer of a worker that fell over. */
    public static TransferResult unexpected(String message) {
        return bare(Outcome.RETRYABLE, message, Optional.empty());
    }

    private static TransferResult bare(Outcome outcome, String message, Optional<String> reason) {
        return new TransferResult(outcome, message, reason, Optional.empty(), "", 0, 0, 0, 0, 0, false, 0, Map.of(),
                Optional.empty(), Optional.empty());
    }
}
