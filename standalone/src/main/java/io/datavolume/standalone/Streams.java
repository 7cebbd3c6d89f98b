package io.datavolume.standalone;

import java.io.PrintStream;

/**
 * Where the command writes.
 *
 * @param out results, and nothing else
 * @param err progress, warnings, errors
 */
record Streams(PrintStream out, PrintStream err) {

    /** An error and, where there is one, what can be done about it on the command line. */
    void error(String message, String hint) {
        err.println("Error: " + Printable.line(message));
        if (!hint.isEmpty()) {
            err.println("Hint: " + hint);
        }
        err.flush();
    }
}
