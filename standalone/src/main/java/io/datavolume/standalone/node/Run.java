package io.datavolume.standalone.node;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the node knows of a pod besides its status: its process, its failures, what it waits for. */
final class Run {

    private final String uid;
    private @Nullable WorkerProcess process;
    private boolean restart;
    private long startedNanos;
    private int failures;
    private long notBeforeNanos;
    private boolean backingOff;
    private long killAtNanos;
    private boolean ending;

    Run(String uid) {
        this.uid = uid;
    }

    /** UID of the pod. */
    String uid() {
        return uid;
    }

    synchronized Optional<WorkerProcess> process() {
        return Optional.ofNullable(process);
    }

    synchronized void started(WorkerProcess started, boolean again, long nanos) {
        process = started;
        restart = again;
        startedNanos = nanos;
        backingOff = false;
    }

    /** Whether its container had run before. */
    synchronized boolean isRestart() {
        return restart;
    }

    /** The process has ended and was told of. */
    synchronized void ended() {
        process = null;
    }

    /** How often it has failed in a row, this time included. */
    synchronized int failed(long nanos, CrashBackoff backoff) {
        failures = nanos - startedNanos >= backoff.forgotten().toNanos() ? 1 : failures + 1;
        return failures;
    }

    synchronized void backOff(long untilNanos) {
        notBeforeNanos = untilNanos;
        backingOff = true;
    }

    /** Nanoseconds until it may be started again; 0 or less for now. */
    synchronized long waitNanos(long nanos) {
        return backingOff ? notBeforeNanos - nanos : 0;
    }

    /** Whether it was asked to end; the first call says no. */
    synchronized boolean endBy(long nanos) {
        boolean before = ending;
        if (!ending) {
            ending = true;
            killAtNanos = nanos;
        }
        return before;
    }

    synchronized long killAtNanos() {
        return killAtNanos;
    }
}
