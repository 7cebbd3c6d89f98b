package io.datavolume.standalone.node;

import io.datavolume.api.wire.Reasons;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a container ended.
 *
 * @param message what the worker left, else the end of its output when it failed
 */
record Termination(int exitCode, String reason, String message) {

    /** What Kubernetes keeps of a message. */
    private static final int MAX_MESSAGE = 4096;
    private static final int MAX_LOG = 2048;
    /** Of a JVM with ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;
    private static final int KILLED = 137;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param fallBackToLog whether the end of the output stands in for a message */
    static Termination of(int exitCode, ContainerFiles files, boolean fallBackToLog) throws IOException {
        String message = tail(files.termination(), MAX_MESSAGE);
        if (message.isEmpty() && exitCode != 0 && fallBackToLog) {
            message = tail(files.log(), MAX_LOG);
        }
        if (exitCode == OUT_OF_MEMORY) {
            return new Termination(KILLED, Reasons.OOM_KILLED, message);
        }
        return new Termination(exitCode, exitCode == 0 ? Reasons.COMPLETED : Reasons.ERROR, message);
    }

    /**
     * How a container ended whose end nobody saw. Its result is the last thing that a worker writes: where there is one,
     * it counts; else the worker was killed together with the command.
     */
    static Termination unseen(ContainerFiles files) throws IOException {
        Optional<Integer> exitCode = exitCode(tail(files.termination(), MAX_MESSAGE));
        return exitCode.isPresent()
                ? of(exitCode.get(), files, false)
                : new Termination(KILLED, "ContainerStatusUnknown", "The container ended together with the command");
    }

    private static Optional<Integer> exitCode(String result) {
        try {
            JsonNode outcome = JSON.readTree(result).path("outcome");
            return outcome.isString() ? Optional.of(outcome.asString().equals("RETRYABLE") ? 1 : 0) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // nothing, or not written to its end
        }
    }

    private static String tail(Path path, int bytes) throws IOException {
        if (!Files.exists(path)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(bytes, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).strip();
        }
    }
}
