package io.datavolume.kubernetes;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.datavolume.api.cluster.Key;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one of several processes work at a time: the one that holds a Lease and renews it. One that lost it must end,
 * since its successor works already, and what it has begun cannot be called back.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Leases</a>
 */
public final class LeaderElection implements AutoCloseable {

    /**
     * How soon a successor takes over, and how late a leader notices that it is none.
     *
     * @param lease how long the others wait for a leader that says nothing
     * @param renewal how long a leader tries to renew; less than {@code lease}
     * @param retry pause between two tries; less than {@code renewal}
     */
    public record Timing(Duration lease, Duration renewal, Duration retry) {
        /** As Kubernetes' own controllers do. */
        public static final Timing DEFAULT = new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private final CountDownLatch leading = new CountDownLatch(1);
    private final CompletableFuture<?> election;
    private volatile boolean closing;

    /**
     * Takes part from now on.
     *
     * @param lease key of the Lease, made where it is missing
     * @param identity unlike any other candidate's
     * @param lost called when the Lease is lost; to end the process
     */
    public LeaderElection(KubernetesCluster cluster, Key lease, String identity, Timing timing, Runnable lost) {
        var callbacks = new LeaderCallbacks(() -> {
            LOG.info("{} leads: it holds the lease {}", identity, lease);
            leading.countDown();
        }, () -> {
            if (!closing) {
                LOG.error("{} no longer holds the lease {}: another one leads", identity, lease);
                lost.run();
            }
        }, leader -> LOG.info("the lease {} is held by {}", lease, leader));
        election = cluster.client().leaderElector()
                .withConfig(new LeaderElectionConfigBuilder().withName(lease.name())
                        .withLock(new LeaseLock(lease.namespace(), lease.name(), identity))
                        .withLeaseDuration(timing.lease()).withRenewDeadline(timing.renewal())
                        .withRetryPeriod(timing.retry()).withReleaseOnCancel(true).withLeaderCallbacks(callbacks)
                        .build())
                .build().start();
    }

    /** Waits until this one leads. */
    public void awaitLeading() throws InterruptedException {
        leading.await();
    }

    /** Gives the lease back, so that a successor need not wait for its end. */
    @Override
    public void close() {
        closing = true;
        election.cancel(true);
    }
}
