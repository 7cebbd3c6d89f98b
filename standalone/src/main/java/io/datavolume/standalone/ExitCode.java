package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.TransferException;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import java.util.Arrays;
import java.util.Optional;

/** What the command tells scripts; part of its contract. */
enum ExitCode {
    DONE(0), FAILED(1), USAGE(2), REFUSED(3), CHECKSUM(4), NO_SPACE(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(TransferResult result) {
        return result.outcome() == Outcome.COMPLETE ? DONE : reason(result).map(ExitCode::of).orElse(FAILED);
    }

    static ExitCode of(TransferException failure) {
        return failure instanceof NeedsUserException user ? of(user.reason()) : FAILED;
    }

    /** The reason that a result carries as text; empty for one that this release does not know. */
    static Optional<Reason> reason(TransferResult result) {
        return result.reason()
                .flatMap(name -> Arrays.stream(Reason.values()).filter(r -> r.name().equals(name)).findFirst());
    }

    private static ExitCode of(Reason reason) {
        return switch (reason) {
            case REFUSED_IMAGE -> REFUSED;
            case CHECKSUM -> CHECKSUM;
            case NO_SPACE, TOO_LARGE -> NO_SPACE;
            case USAGE -> USAGE;
            case NOT_FOUND, ACCESS_DENIED, TARGET, SOURCE_CHANGED -> FAILED;
        };
    }
}
