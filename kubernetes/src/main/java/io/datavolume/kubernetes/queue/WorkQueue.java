package io.datavolume.kubernetes.queue;

import io.datavolume.api.cluster.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a reconciler is to look at, for any number of workers. A key is never in work twice at once; one that is
 * added meanwhile comes again after that. Failures wait by key ({@link Backoff}) and together ({@link RateLimit}).
 *
 * <p>Each key from {@link #take} must be given back by exactly one of {@link #succeeded}, {@link #failed} and
 * {@link #conflicted}.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/client-go/util/workqueue">the queue of Kubernetes' own controllers</a>
 */
public final class WorkQueue {

    /** The first conflict waits for nothing; later ones for the informer to catch up, which takes milliseconds. */
    private static final Backoff CONFLICTS = new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1), 0.2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final QueueState state = new QueueState();
    private final Map<Key, Long> begun = new HashMap<>();
    private final TimeSource time;
    private final Backoff backoff;
    private final TokenBucket bucket;
    private final RandomGenerator chance;
    private final QueueMetrics metrics;
    private boolean shutDown;

    /** @param chance for the jitter; used by one thread at a time */
    public WorkQueue(TimeSource time, Backoff backoff, RateLimit limit, RandomGenerator chance, QueueMetrics metrics) {
        this.time = time;
        this.backoff = backoff;
        this.bucket = new TokenBucket(limit, time.nanos());
        this.chance = chance;
        this.metrics = metrics;
        time.onJump(() -> locked(changed::signalAll));
    }

    /** Wants the key to be looked at soon. */
    public void add(Key key) {
        locked(() -> queued(state.add(key, time.nanos())));
    }

    /** Wants the key to be looked at after a time; an earlier wish stands. */
    public void addAfter(Key key, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            add(key);
            return;
        }
        locked(() -> {
            state.addAt(key, time.nanos() + delay.toNanos());
            changed.signal();
        });
    }

    /**
     * The next key; waits for one.
     *
     * @return null once the queue is shut down
     */
    public @Nullable Key take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!shutDown) {
                long now = time.nanos();
                while (state.promote(now)) {
                    metrics.added(state.depth());
                }
                Key key = state.poll();
                if (key != null) {
                    return begin(key, now);
                }
                OptionalLong due = state.nextDue();
                if (due.isPresent()) {
                    time.await(changed, due.getAsLong() - now);
                } else {
                    changed.await();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the work on a key: its failures are forgotten. */
    public void succeeded(Key key) {
        locked(() -> end(key, state.succeeded(key)));
    }

    /**
     * Ends the work on a key, which is tried again with back-off, or sooner if it is added.
     *
     * @return the delay
     */
    public Duration failed(Key key) {
        return locked(() -> {
            long now = time.nanos();
            long delay = Math.max(backoff.delay(state.failures(key), chance).toNanos(), bucket.take(now));
            return again(delay, state.failed(key, now + delay), key);
        });
    }

    /** Ends the work on a key, which is tried again at once, or after milliseconds if that met a conflict again. */
    public Duration conflicted(Key key) {
        return locked(() -> {
            int conflicts = state.conflicts(key);
            long delay = conflicts == 0 ? 0 : CONFLICTS.delay(conflicts - 1, chance).toNanos();
            return again(delay, state.conflicted(key, time.nanos() + delay), key);
        });
    }

    /** How often the work on this key failed since it last succeeded. */
    public int failures(Key key) {
        return locked(() -> state.failures(key));
    }

    /** Gives out nothing more. What is in work may still be given back. */
    public void shutDown() {
        locked(() -> {
            shutDown = true;
            changed.signalAll();
            idle.signalAll();
        });
    }

    /** Nothing in line, in work or to be tried again; keys may still wait for a time that was asked for. */
    public boolean isIdle() {
        return locked(state::isIdle);
    }

    /**
     * Waits until {@link #isIdle}.
     *
     * @return whether it came to that in this (real) time, before the queue was shut down
     */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!state.isIdle() && !shutDown && left > 0) {
                left = idle.awaitNanos(left);
            }
            return state.isIdle();
        } finally {
            lock.unlock();
        }
    }

    private Key begin(Key key, long now) {
        begun.put(key, now);
        metrics.started(Duration.ofNanos(now - state.since(key)), state.depth());
        if (state.depth() > 0) {
            changed.signal();
        }
        return key;
    }

    private Duration again(long delay, boolean queued, Key key) {
        metrics.retried(Duration.ofNanos(delay));
        changed.signal();
        end(key, queued);
        return Duration.ofNanos(delay);
    }

    private void end(Key key, boolean queued) {
        Long since = begun.remove(key);
        if (since != null) {
            metrics.finished(Duration.ofNanos(time.nanos() - since));
        }
        queued(queued);
        if (state.isIdle()) {
            idle.signalAll();
        }
    }

    private void queued(boolean queued) {
        if (queued) {
            metrics.added(state.depth());
            changed.signal();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
