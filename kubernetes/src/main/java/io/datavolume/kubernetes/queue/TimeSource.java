package io.datavolume.kubernetes.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Time as a queue sees it: monotonic, so that a set wall clock neither hurries nor delays anything. */
public interface TimeSource {

    /** The machine's monotonic time. */
    TimeSource SYSTEM = new TimeSource() {
        private final long origin = System.nanoTime();

        @Override
        public long nanos() {
            return System.nanoTime() - origin;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public void await(Condition changed, long nanos) throws InterruptedException {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        }
    };

    /** Nanoseconds since some origin; never less than before. */
    long nanos();

    /** Waits for the condition, at most so long by this time; may return earlier. The caller holds the condition's lock. */
    void await(Condition changed, long nanos) throws InterruptedException;

    /** Asks to be told when this time jumps, which the machine's own never does. */
    default void onJump(Runnable told) {}
}
