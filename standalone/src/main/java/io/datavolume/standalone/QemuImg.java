package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.ProcessLimits;
import io.datavolume.image.os.Result;
import io.datavolume.importer.progress.ProgressReporter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code qemu-img convert} on an image that was found safe: with the format that was found, never a guessed
 * one; with names that can hold neither a protocol nor an option; within limits that are set before it starts.
 */
final class QemuImg {

    /** The program did not do its work; the message tells why. */
    static final class FailedException extends IOException {
        FailedException(String message) {
            super(message);
        }
    }

    /** Address space in bytes; what KubeVirt's importer allows, too. */
    static final long ADDRESS_SPACE = 1L << 30;
    private static final long BASE_SECONDS = 60;
    private static final long BYTES_PER_SECOND = 8L << 20;
    private static final int MAX_OUTPUT = 2000;
    private static final Pattern PERCENT = Pattern.compile("\\(([0-9]{1,3}(?:\\.[0-9]{1,4})?)/100%\\)");
    private static final Map<String, String> NAMES = Map.of("raw", "raw", "iso", "raw", "qcow2", "qcow2", "vmdk",
            "vmdk", "vhd", "vpc", "vhdx", "vhdx", "vdi", "vdi");

    /** Waits for a word, so that the limits are on it when it becomes the program; ends where the word never comes. */
    private static final String GATE = "read -r go && exec \"$@\"";

    private final Path program;
    private final Optional<Path> leash;

    private QemuImg(Path program, Optional<Path> leash) {
        this.program = program;
        this.leash = leash;
    }

    /**
     * @param searchPath folders to search, as in the environment variable PATH
     * @throws NeedsUserException when the program is missing, saying how to get it
     */
    static QemuImg find(@Nullable String searchPath) throws NeedsUserException {
        Path program = onPath(searchPath, "qemu-img").orElseThrow(() -> Main.usage("The engine qemu-img needs the"
                + " program qemu-img, which is not installed: apt install qemu-utils, or dnf install qemu-img; or leave"
                + " out --engine"));
        return new QemuImg(program, onPath(searchPath, "setpriv"));
    }

    private static Optional<Path> onPath(@Nullable String searchPath, String name) {
        return Stream.of((searchPath == null ? "" : searchPath).split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/")).map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    /**
     * @param format id of the image's format
     * @param size virtual size in bytes
     * @param started is given the running process
     * @throws FailedException with what the program said
     */
    void convert(String format, Path from, Path to, long size, ProgressReporter reporter, Consumer<Process> started)
            throws IOException {
        AtomicLong done = new AtomicLong();
        reporter.figures(new ProgressReporter.Figures(() -> 0, done::get, done::get, () -> size));
        ProcessBuilder order = new ProcessBuilder(command(format, from, to)).redirectErrorStream(true);
        // One arena of malloc per thread would eat the address space; messages are parsed, so they are in English.
        order.environment().keySet().removeIf(name -> !name.equals("PATH"));
        order.environment().putAll(Map.of("LC_ALL", "C", "MALLOC_ARENA_MAX", "1"));
        Process process = order.start();
        try {
            started.accept(process);
            limit(process.pid(), size);
            try (OutputStream gate = process.getOutputStream()) {
                gate.write('\n');
            }
            String said = follow(process.getInputStream(), percent -> done.set((long) (size * percent / 100)));
            check(process.waitFor(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Waiting for qemu-img was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    List<String> command(String format, Path from, Path to) throws NeedsUserException {
        String name = NAMES.get(format);
        if (name == null) {
            throw Main.usage("The engine qemu-img does not read the format " + format + ": use the builtin engine");
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", GATE, "sh"));
        // Else it would go on writing after this process was killed. The signal is tied to the thread that starts it.
        leash.ifPresent(setpriv -> words.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")));
        words.addAll(List.of(program.toString(), "convert", "-p", "-f", name, "-O", "raw", "--",
                "file:" + from.toAbsolutePath(), "file:" + to.toAbsolutePath()));
        return words;
    }

    /** What the program may use: memory, processor time, and no larger file than the disk. */
    private static void limit(long pid, long size) throws IOException {
        List<Result> set = List.of(ProcessLimits.addressSpace(pid, ADDRESS_SPACE),
                ProcessLimits.cpuTime(pid, BASE_SECONDS + size / BYTES_PER_SECOND),
                ProcessLimits.fileSize(pid, Math.ceilDiv(size, 512) * 512), ProcessLimits.noCoreDump(pid));
        if (set.contains(Result.UNSUPPORTED)) {
            throw Main.usage("The engine qemu-img runs within limits only, and this system has no call that sets them"
                    + " for another process: use the builtin engine");
        }
    }

    /** Reads progress and returns what else was said, its first 2000 characters. */
    static String follow(InputStream in, Consumer<Double> percent) throws IOException {
        StringBuilder said = new StringBuilder();
        StringBuilder token = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\r' && c != '\n') {
                if (token.length() < MAX_OUTPUT) {
                    token.append((char) c);
                }
                continue;
            }
            take(token, said, percent);
        }
        take(token, said, percent);
        return new String(said.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private static void take(StringBuilder token, StringBuilder said, Consumer<Double> percent) {
        Matcher match = PERCENT.matcher(token);
        if (match.find()) {
            percent.accept(Math.min(100, Double.parseDouble(match.group(1))));
        } else if (said.length() < MAX_OUTPUT && !token.toString().isBlank()) {
            said.append(token).append(' ');
        }
        token.setLength(0);
    }

    private static void check(int exit, String said) throws IOException {
        if (exit == 0) {
            return;
        }
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
            throw new NeedsUserException(Reason.NO_SPACE,
                    "Tried to convert with qemu-img but the disk is full: " + said);
        }
        String why = said.isEmpty() ? "it ended with code " + exit : said;
        // 128 + SIGXCPU, SIGKILL, SIGABRT: what a process ends with that meets a limit.
        boolean limited = exit == 128 + 24 || exit == 128 + 9 || exit == 128 + 6 || said.contains("Cannot allocate");
        throw new FailedException("Tried to convert with qemu-img but it failed: " + why
                + (limited ? "; it may have met its limit of memory or processor time: use the builtin engine" : ""));
    }
}
