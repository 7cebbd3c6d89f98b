package io.datavolume.importer.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * Ends the worker when the process that started it is gone, so that a successor never meets a writer that nobody
 * watches. A container's first process has no parent and is left alone.
 */
final class OrphanGuard {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int RETRYABLE = 1;

    private OrphanGuard() {}

    static void start() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (parent.isEmpty() || parent.get().pid() <= 1) {
            return;
        }
        Thread.ofPlatform().name("cdi-orphan-guard").daemon().start(() -> watch(parent.get()));
    }

    private static void watch(ProcessHandle parent) {
        while (parent.isAlive() && parent.equals(ProcessHandle.current().parent().orElse(null))) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
        // Not exit(): shutdown hooks could wait for a transfer that blocks.
        Runtime.getRuntime().halt(RETRYABLE);
    }
}
