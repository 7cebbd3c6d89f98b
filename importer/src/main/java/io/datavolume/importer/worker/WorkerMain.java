package io.datavolume.importer.worker;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.Wire;
import io.datavolume.importer.flow.Inspector;
import io.datavolume.importer.flow.Transfer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A worker process: one {@link TransferSpec} from the environment variable {@code TRANSFER_SPEC}, progress as JSON
 * lines on standard output, one {@link TransferResult} into the file named by {@code TRANSFER_RESULT} (default
 * {@code /dev/termination-log}). docs/worker.md has the whole contract.
 *
 * <p>Exit code 0: done, or a failure that only the user can mend (starting the worker again would not help); 1: trying
 * again may help; 2: started without an order.
 */
public final class WorkerMain {

    static final String SPEC = "TRANSFER_SPEC";
    static final String RESULT = "TRANSFER_RESULT";
    private static final String TERMINATION_LOG = "/dev/termination-log";

    private WorkerMain() {}

    public static void main(String[] args) {
        String spec = System.getenv(SPEC);
        String result = System.getenv().getOrDefault(RESULT, TERMINATION_LOG);
        System.exit(run(spec == null ? "" : spec, Path.of(result), System.out, System.err));
    }

    static int run(String json, Path resultFile, PrintStream out, PrintStream err) {
        if (json.isBlank()) {
            err.println("A worker takes its order as JSON from the environment variable " + SPEC
                    + ", which is empty; people use the command cdi");
            return 2;
        }
        TransferResult result;
        try {
            result = work(json, out);
        } catch (RuntimeException | Error e) {
            // Whoever reads the result must not have to guess.
            result = TransferResult.unexpected("The worker failed unexpectedly: " + e);
            e.printStackTrace(err);
        }
        if (result.outcome() != TransferResult.Outcome.COMPLETE) {
            err.println(result.message());
        }
        boolean told = write(result, resultFile, err);
        return told && result.outcome() != TransferResult.Outcome.RETRYABLE ? 0 : 1;
    }

    private static TransferResult work(String json, PrintStream out) {
        TransferSpec spec;
        Secrets secrets;
        try {
            spec = Wire.spec(json);
            secrets = SecretFiles.read(spec.source());
        } catch (NeedsUserException e) {
            return TransferResult.refusedOrder("Tried to read the order from the environment variable " + SPEC
                    + " but it is not valid: " + e.getMessage());
        } catch (IOException e) {
            return TransferResult.refusedOrder("Tried to read the mounted secrets but failed: "
                    + (e instanceof NoSuchFileException missing ? missing.getFile() + " is not there" : e));
        }
        OrphanGuard.start();
        try (ProgressLines lines = new ProgressLines(out);
                MetricsEndpoint metrics = MetricsEndpoint.start(spec.metrics(), lines)) {
            return switch (spec.action()) {
                case IMPORT -> new Transfer(spec, secrets, metrics).run();
                case INSPECT -> new Inspector(spec.source(), secrets, false).result(metrics);
            };
        }
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
        // In place: a termination log is a mounted file, which cannot be replaced by renaming.
        Files.writeString(file, Wire.json(result));
    }
}
