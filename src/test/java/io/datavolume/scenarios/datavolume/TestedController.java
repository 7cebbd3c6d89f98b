package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.wire.Installer;
import io.datavolume.controller.Controllers;
import io.datavolume.controller.WorkerImage;
import io.datavolume.kubernetes.queue.LoopOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Our controller on a cluster: it can be stopped and started again, its clock be set, its writes be counted. */
final class TestedController implements AutoCloseable {

    private final JumpingClock clock = new JumpingClock();
    private final CountingCluster writes;
    private final WorkerImage image;
    private @Nullable Controllers running;

    /** Starts it. */
    TestedController(Cluster cluster, String image, String pullPolicy) {
        writes = new CountingCluster(cluster);
        this.image = new WorkerImage(image, pullPolicy, WorkerImage.LINK_LOCAL);
        start();
    }

    synchronized void start() {
        running = Controllers.start(writes, image, Installer.NONE, clock, LoopOptions.standard());
    }

    synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Moves its clock, forwards or backwards. */
    void jump(Duration by) {
        clock.offset = clock.offset.plus(by);
    }

    CountingCluster writes() {
        return writes;
    }

    @Override
    public void close() {
        stop();
    }

    private static final class JumpingClock extends Clock {

        private volatile Duration offset = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }
    }
}
