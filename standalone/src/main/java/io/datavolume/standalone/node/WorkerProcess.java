package io.datavolume.standalone.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A worker as a child process. */
final class WorkerProcess {

    private static final String UNKNOWN = "unknown";
    private static final Duration DYING = Duration.ofSeconds(10);

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it; the output of the instance before is kept beside.
     *
     * @param folder in which it runs
     */
    static WorkerProcess start(List<String> command, Map<String, String> environment, Path folder, ContainerFiles files)
            throws IOException {
        if (Files.exists(files.log())) {
            Files.move(files.log(), files.previousLog(), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(files.termination());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(files.log().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Files.writeString(files.process(), process.pid() + " " + started(process.toHandle()) + "\n");
        } catch (IOException e) {
            process.destroyForcibly(); // nobody would find it later
            throw e;
        }
        return new WorkerProcess(process);
    }

    long id() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As of a shell: 128 and the signal's number for one that a signal ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Tells when it has ended. */
    void onExit(Runnable told) {
        Thread.ofVirtual().name("worker-" + process.pid()).start(() -> {
            try {
                process.waitFor();
                told.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, at most so long. */
    boolean awaitExit(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Ends the process that an earlier run of the command has left, so that no two workers write to one volume.
     *
     * @throws IOException when it does not end
     */
    static void endLeftover(ContainerFiles files) throws IOException {
        endLeftover(files.process());
    }

    /** The same by the file that says which process it is. */
    static void endLeftover(Path record) throws IOException {
        Optional<ProcessHandle> left = leftover(record);
        if (left.isEmpty()) {
            return;
        }
        left.get().destroyForcibly();
        try {
            left.get().onExit().get(DYING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + left.get().pid() + " to end", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + left.get().pid() + " of an earlier run does not end", e);
        }
    }

    private static Optional<ProcessHandle> leftover(Path record) throws IOException {
        String[] words;
        try {
            words = Files.readString(record).strip().split(" ", -1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            // The number alone may be another process by now.
            return words.length < 2
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(words[0]))
                            .filter(handle -> !UNKNOWN.equals(words[1]) && started(handle).equals(words[1]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse(UNKNOWN);
    }
}
