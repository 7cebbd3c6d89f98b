package io.datavolume.kubernetes.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that passes when a test says so. */
final class ManualTime implements TimeSource {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> told = new CopyOnWriteArrayList<>();

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        told.forEach(Runnable::run);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    public void await(Condition changed, long ignored) throws InterruptedException {
        changed.await();
    }

    @Override
    public void onJump(Runnable listener) {
        told.add(listener);
    }
}
