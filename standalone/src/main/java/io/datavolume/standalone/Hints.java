package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import io.datavolume.importer.TransferResult;

/** What can be done about a failure on this command line; empty where the message says it all. */
final class Hints {

    private static final String AGAIN = "the same command goes on where it stopped, if the source allows it";

    private Hints() {}

    static String of(TransferException failure) {
        return switch (failure) {
            case NeedsUserException user -> of(user.reason(), String.valueOf(user.getMessage()));
            case NeedsScratchException scratch -> scratch(scratch.bytes());
            case RetryableException retry -> "";
        };
    }

    static String of(TransferResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> "";
            case RETRYABLE -> AGAIN;
            case NEEDS_SCRATCH -> scratch(result.scratchBytes());
            case NEEDS_USER -> ExitCode.reason(result).map(reason -> of(reason, result.message())).orElse("");
        };
    }

    private static String scratch(long bytes) {
        return "give --scratch DIR, a folder with " + Amounts.bytes(bytes) + " free";
    }

    /** Files need no credentials: only messages about a URL are helped by them. */
    private static String of(Reason reason, String message) {
        return switch (reason) {
            case TOO_LARGE -> "give a larger --size, or none for a file as large as the image";
            case ACCESS_DENIED -> message.contains("://")
                    ? "credentials: --user, --docker-config or --header; an own certificate authority: --ca"
                    : "";
            case SOURCE_CHANGED -> "the same command imports the source as it is now, from its beginning";
            // What is wrong with a container around an image, an inspection says in the same words.
            case REFUSED_IMAGE -> message.startsWith("Refused the") && !message.startsWith("Refused the container")
                    ? "cdi inspect shows every check"
                    : "";
            case CHECKSUM -> "compare --checksum with what the publisher states, then try again";
            case NOT_FOUND, NO_SPACE, TARGET, USAGE -> "";
        };
    }
}
