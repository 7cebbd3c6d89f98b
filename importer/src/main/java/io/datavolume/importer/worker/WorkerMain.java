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

    private static final JsonMapper JSON = JsonMapper.builder().build();

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
            err.println("Tried to read the order from the environment variable " + SPEC + " but it is not valid: "
                    + e.getOriginalMessage());
            return 2;
        } catch (IOException e) {
            err.println("Tried to read the mounted secrets but failed: " + e.getMessage());
            return 2;
        }
        OrphanGuard.start();
        TransferResult result;
        try (MetricsEndpoint metrics = MetricsEndpoint.start(spec.metrics());
                ProgressLines lines = new ProgressLines(out, metrics)) {
            result = new Transfer(spec, secrets, lines).run();
        }
        try {
            write(result, resultFile);
        } catch (IOException | UncheckedIOException e) {
            err.println("Tried to write the result to " + resultFile + " but failed: " + e.getMessage());
            return 1;
        }
        return result.outcome() == TransferResult.Outcome.RETRYABLE ? 1 : 0;
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
