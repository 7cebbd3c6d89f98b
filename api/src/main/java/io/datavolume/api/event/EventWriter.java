package io.datavolume.api.event;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of all components of a process, in order, on a thread of its own. Events are help, not truth: when a
 * thousand wait, or the cluster does not take one, they are dropped with a line in the log.
 */
public final class EventWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final int QUEUE = 1000;
    private static final int REMEMBERED = 4096;
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Entry END = new Entry(new Occurrence("", new Occurrence.About("", "", "", "", ""), "", "", ""),
            Instant.EPOCH);

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final SpamFilter filter = new SpamFilter(REMEMBERED);
    private final Clock clock;
    private final EventLog log;
    private final Duration firstPause;
    private final Thread thread;

    public EventWriter(Cluster cluster, Clock clock) {
        this(cluster, clock, FIRST_PAUSE);
    }

    EventWriter(Cluster cluster, Clock clock, Duration firstPause) {
        this.clock = clock;
        this.firstPause = firstPause;
        log = new EventLog(cluster, REMEMBERED);
        thread = Thread.ofVirtual().name("events").start(this::run);
    }

    /** The recorder of a component. */
    public EventRecorder recorder(String component) {
        return new EventRecorder(this, component);
    }

    void add(Occurrence occurrence) {
        if (!queue.offer(new Entry(occurrence, clock.instant()))) {
            LOG.warn("{} events wait already; dropped: {}", QUEUE, occurrence);
        }
    }

    /** Writes what waits, for at most five seconds. */
    @Override
    public void close() {
        try {
            boolean told = queue.offer(END, CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            if (!told || !thread.join(CLOSING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Entry next = queue.take(); !next.equals(END); next = queue.take()) {
                if (filter.admits(next.occurrence(), next.at())) {
                    write(next);
                } else {
                    LOG.debug("too many events; dropped: {}", next.occurrence());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped with {} events unwritten", queue.size());
        }
    }

    private void write(Entry entry) throws InterruptedException {
        Duration pause = firstPause;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                log.write(entry.occurrence(), entry.at());
                return;
            } catch (ClusterException.Unavailable e) {
                if (attempt == ATTEMPTS) {
                    LOG.warn("dropped after {} attempts: {}", ATTEMPTS, entry.occurrence(), e);
                } else {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2);
                }
            } catch (RuntimeException e) { // A namespace that is going away, mostly. The thread must live.
                LOG.debug("the cluster does not take {}", entry.occurrence(), e);
                return;
            }
        }
    }

    private record Entry(Occurrence occurrence, Instant at) {}
}
