package io.datavolume.controller.importing;

import io.datavolume.importer.TransferResult;
import io.datavolume.importer.Wire;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.Objects;
import java.util.Optional;

/**
 * The last word of a worker: the result that it wrote, or what the kubelet says where it wrote none.
 *
 * @param result its answer, if it is one
 * @param reason the kubelet's: Completed, Error, OOMKilled
 * @param text for people; the result's message, else the termination message as it is
 */
record WorkerAnswer(Optional<TransferResult> result, int exitCode, String reason, String text) {

    // Reasons of a failed result, as the data plane names them.
    static final String CHECKSUM = "CHECKSUM";
    static final String REFUSED_IMAGE = "REFUSED_IMAGE";
    static final String TOO_LARGE = "TOO_LARGE";
    static final String NO_SPACE = "NO_SPACE";

    static WorkerAnswer of(ContainerStateTerminated ended) {
        String text = Objects.requireNonNullElse(ended.getMessage(), "");
        Optional<TransferResult> result = read(text);
        return new WorkerAnswer(result, Objects.requireNonNullElse(ended.getExitCode(), -1),
                Objects.requireNonNullElse(ended.getReason(), ""),
                result.map(TransferResult::message).orElse(lastLine(text)));
    }

    boolean is(TransferResult.Outcome outcome) {
        return result.filter(r -> r.outcome() == outcome).isPresent();
    }

    /** Whether the failure is this one, of those that only the user can mend. */
    boolean isReason(String wanted) {
        return result.flatMap(TransferResult::reason).filter(wanted::equals).isPresent();
    }

    private static Optional<TransferResult> read(String text) {
        if (!text.startsWith("{") || text.length() > Wire.MAX_RESULT) {
            return Optional.empty();
        }
        try {
            return Optional.of(Wire.result(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of a log's end, which the kubelet takes where there is no message, the last line says most. */
    private static String lastLine(String text) {
        String[] lines = text.strip().split("\n");
        return lines[lines.length - 1].strip();
    }
}
