package io.datavolume.importer.worker;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.flow.Transfer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker process: one {@link TransferSpec} from the environment variable {@code TRANSFER_SPEC}, progress as JSON
 * lines on standard output, one {@link TransferResult} into the file named by {@code TRANSFER_RESULT} (default
 * {@code /dev/termination-log}).
 *
 * <p>Exit code 0: complete, or a failure that only the user can mend (starting the worker again would not help);
 * 1: trying again may help; 2: the order itself could not be read.
 */
public final class WorkerMain {

    static final String SPEC = "TRANSFER_SPEC";
    static final String RESULT = "TRANSFER_RESULT";
    private static final String TERMINATION_LOG = "/dev/termination-log";
    /** What Kubernetes keeps of a termination message. */
    private static final int MAX_RESULT = 4096;

    /** An order is whole or not followed: a field that is missing or misspelt is an error that names it. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private WorkerMain() {}

    public static void main(String[] args) {
        String spec = System.getenv(SPEC);
        String result = System.getenv().getOrDefault(RESULT, TERMINATION_LOG);
        System.exit(run(spec == null ? "" : spec, Path.of(result), System.out, System.err));
    }

    static int run(String json, Path resultFile, PrintStream out, PrintStream err) {
        TransferSpec spec;
        Secrets secrets;
        try {
            spec = JSON.readValue(json, TransferSpec.class);
            secrets = SecretFiles.read(spec.source());
        } catch (JacksonException e) {
            return refuse("Tried to read the order from the environment variable " + SPEC + " but it is not valid: "
                    + e.getOriginalMessage(), resultFile, err);
        } catch (IOException e) {
            return refuse("Tried to read the mounted secrets but failed: " + e.getMessage(), resultFile, err);
        }
        OrphanGuard.start();
        TransferResult result;
        try (MetricsEndpoint metrics = MetricsEndpoint.start(spec.metrics());
                ProgressLines lines = new ProgressLines(out, metrics)) {
            result = new Transfer(spec, secrets, lines).run();
        }
        if (!write(result, resultFile, err)) {
            return 1;
        }
        return result.outcome() == TransferResult.Outcome.RETRYABLE ? 1 : 0;
    }

    /** An order that cannot be followed: the result says so, too, since it is all that its sender may see. */
    private static int refuse(String message, Path resultFile, PrintStream err) {
        err.println(message);
        write(TransferResult.refusedOrder(message), resultFile, err);
        return 2;
    }

    private static boolean write(TransferResult result, Path file, PrintStream err) {
        try {
            write(result, file);
            return true;
        } catch (IOException | UncheckedIOException e) {
            err.println("Tried to write the result to " + file + " but failed: " + e.getMessage());
            return false;
        }
    }

    private static void write(TransferResult result, Path file) throws IOException {
        byte[] json = JSON.writeValueAsBytes(result);
        for (int keep = 2048; json.length > MAX_RESULT && keep >= 0; keep -= 512) {
            json = JSON.writeValueAsBytes(shortened(result, keep));
        }
        // In place: a termination log is a mounted file, which cannot be replaced by renaming.
        Files.write(file, json);
    }

    /** Labels go first, then the end of the message: the outcome and its beginning must arrive. */
    private static TransferResult shortened(TransferResult r, int keep) {
        byte[] utf8 = r.message().getBytes(StandardCharsets.UTF_8);
        String message = utf8.length <= keep
                ? r.message()
                : new String(utf8, 0, keep, StandardCharsets.UTF_8).replace("\uFFFD", "") + "…";
        return new TransferResult(r.outcome(), message, r.reason(), r.format(), r.compressions(), r.virtualSize(),
                r.bytesRead(), r.bytesReadTwice(), r.bytesWritten(), r.seconds(), r.preallocationApplied(),
                r.scratchBytes(), keep > 1024 ? r.labels() : Map.of(), r.digest(), r.checksum());
    }
}
