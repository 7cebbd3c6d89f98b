package io.datavolume.standalone;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is at the other end of the standard error stream. */
final class Terminal {

    private static final int DEFAULT_COLUMNS = 80;
    private static final int MAX_COLUMNS = 400;
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long checked;
    private int columns;

    /** Whether a person watches standard error. */
    static boolean watched() {
        Optional<String> file = descriptor(2);
        return file.isPresent() && isTerminal(file.get()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether a person can be asked: both the question and the answer go over a terminal. */
    static boolean interactive() {
        return watched() && descriptor(0).filter(Terminal::isTerminal).isPresent();
    }

    // The JDK tells of standard input and output only, and of both together.
    private static Optional<String> descriptor(int number) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isTerminal(String file) {
        return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
    }

    /** Whether a stream of this charset can show check marks and blocks. */
    static boolean showsUnicode(Charset charset) {
        return charset.newEncoder().canEncode("✓✗█│");
    }

    /** Columns of the terminal, asked again now and then since windows change. */
    synchronized int columns() {
        long now = System.nanoTime();
        if (columns == 0 || now - checked > RECHECK_NANOS) {
            columns = parse(ask());
            checked = now;
        }
        return columns;
    }

    static int parse(String sttySize) {
        String[] parts = sttySize.strip().split(" ", 2);
        try {
            int found = parts.length == 2 ? Integer.parseInt(parts[1].strip()) : 0;
            return found <= 0 ? DEFAULT_COLUMNS : Math.min(found, MAX_COLUMNS);
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    private static String ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream answer = stty.getInputStream()) {
                byte[] bytes = answer.readNBytes(64);
                stty.waitFor();
                return new String(bytes, StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
