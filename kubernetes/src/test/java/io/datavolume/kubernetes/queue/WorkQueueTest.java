package io.datavolume.kubernetes.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkQueueTest {

    private static final Key A = new Key("ns", "a");

    private final ManualTime time = new ManualTime();
    private final List<String> told = new ArrayList<>();

    @Test
    void failuresWaitLongerEachTimeUntilOneRunSucceeds() throws InterruptedException {
        WorkQueue queue = queue();
        for (int expected : new int[]{5, 10, 20, 40}) {
            assertEquals(Duration.ofMillis(expected), fail(queue));
        }
        queue.add(A);
        queue.take();
        queue.succeeded(A);
        assertEquals(Duration.ofMillis(5), fail(queue));
    }

    @Test
    void theFirstConflictIsTriedAgainAtOnceAndLaterOnesSoon() throws InterruptedException {
        WorkQueue queue = queue();
        queue.add(A);
        for (int expected : new int[]{0, 5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000}) {
            assertEquals(A, queue.take());
            Duration delay = queue.conflicted(A);
            assertEquals(Duration.ofMillis(expected), delay);
            time.advance(delay);
        }
        assertEquals(A, queue.take());
        assertEquals(0, queue.failures(A));
    }

    @Test
    void manyFailuresTogetherAreHeldToTheRate() throws InterruptedException {
        var queue = new WorkQueue(time, Backoff.DEFAULT, new RateLimit(10, 2), () -> 0, QueueMetrics.NONE);
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Key key = new Key("ns", "n" + i);
            queue.add(key);
            queue.take();
            delays.add(queue.failed(key));
        }
        assertEquals(
                List.of(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMillis(200)),
                delays);
    }

    @Test
    void aWaitingWorkerGetsADelayedKeyWhenItsTimeComes() throws InterruptedException {
        WorkQueue queue = queue();
        queue.addAfter(A, Duration.ofMinutes(30));
        var got = new CountDownLatch(1);
        Thread worker = Thread.ofVirtual().start(() -> take(queue, got));
        time.advance(Duration.ofMinutes(30));
        got.await();
        worker.join();
    }

    @Test
    void aNegativeDelayIsNone() throws InterruptedException {
        WorkQueue queue = queue();
        queue.addAfter(A, Duration.ofSeconds(-1));
        assertEquals(A, queue.take());
    }

    @Test
    void metricsSeeLineWorkAndRetries() throws InterruptedException {
        WorkQueue queue = queue();
        queue.add(A);
        time.advance(Duration.ofMillis(3));
        queue.take();
        time.advance(Duration.ofMillis(7));
        queue.failed(A);
        assertEquals(List.of("added 1", "started PT0.003S 0", "retried PT0.005S", "finished PT0.007S"), told);
    }

    @Test
    void shutDownFreesAllWorkers() throws InterruptedException {
        WorkQueue queue = queue();
        var ended = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            Thread.ofVirtual().start(() -> take(queue, ended));
        }
        queue.shutDown();
        ended.await();
        queue.add(A);
        assertNull(queue.take());
    }

    @Test
    void manyThreadsNeitherLoseAWishNorWorkTwiceOnOneKey() throws Exception {
        var queue = new WorkQueue(TimeSource.SYSTEM, Backoff.DEFAULT, new RateLimit(1e6, 1_000_000), () -> 0,
                QueueMetrics.NONE);
        Set<Key> working = ConcurrentHashMap.newKeySet();
        var twice = new AtomicInteger();
        Map<Key, Integer> wanted = new ConcurrentHashMap<>();
        Map<Key, Integer> seen = new ConcurrentHashMap<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(Thread.ofVirtual().start(() -> {
                try {
                    int turn = 0;
                    for (Key key = queue.take(); key != null; key = queue.take()) {
                        twice.addAndGet(working.add(key) ? 0 : 1);
                        int now = wanted.getOrDefault(key, 0);
                        seen.put(key, now);
                        working.remove(key);
                        switch (turn++ % 5) {
                            case 0 -> queue.failed(key);
                            case 1 -> queue.conflicted(key);
                            default -> queue.succeeded(key);
                        }
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        var start = new CyclicBarrier(4);
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            writers.add(Thread.ofVirtual().start(() -> {
                await(start);
                for (int i = 0; i < 20_000; i++) {
                    Key key = new Key("ns", "n" + i % 50);
                    wanted.merge(key, 1, Integer::sum);
                    queue.add(key);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertTrue(queue.awaitIdle(Duration.ofSeconds(30)));
        queue.shutDown();
        for (Thread worker : workers) {
            worker.join();
        }
        assertEquals(0, twice.get());
        assertEquals(wanted, seen);
    }

    private Duration fail(WorkQueue queue) throws InterruptedException {
        queue.add(A);
        assertEquals(A, queue.take());
        return queue.failed(A);
    }

    private WorkQueue queue() {
        return new WorkQueue(time, Backoff.DEFAULT, RateLimit.DEFAULT, () -> 0, new QueueMetrics() {
            @Override
            public void added(int depth) {
                told.add("added " + depth);
            }

            @Override
            public void started(Duration waited, int depth) {
                told.add("started " + waited + " " + depth);
            }

            @Override
            public void finished(Duration worked) {
                told.add("finished " + worked);
            }

            @Override
            public void retried(Duration delay) {
                told.add("retried " + delay);
            }
        });
    }

    private static void take(WorkQueue queue, CountDownLatch then) {
        try {
            queue.take();
            then.countDown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
