package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Patch;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reconciler at work. */
interface LoopContract extends ContractBase {

    int OBJECTS = 20;

    @Test
    default void aReconcilerWritesOnceForEachChange() throws InterruptedException {
        var copier = new Copier(cluster(), namespace());
        try (var loop = new ReconcilerLoop(cluster(), copier, LoopOptions.standard())) {
            created("n0");
            loop.start();
            for (int i = 1; i < OBJECTS; i++) {
                created("n" + i);
            }
            awaitCopied("yes");
            for (int i = 0; i < OBJECTS; i++) {
                cluster().patch(SAMPLE, key("n" + i), Patch.of(read("n" + i)).field("again", "spec", "kept").build());
            }
            awaitCopied("again");
            assertTrue(loop.awaitIdle(Duration.ofSeconds(60)));
            assertEquals(2 * OBJECTS, copier.writes());
        }
    }

    private void awaitCopied(String value) throws InterruptedException {
        for (int i = 0; i < OBJECTS; i++) {
            Recorder.await(cluster(), SAMPLE, key("n" + i),
                    object -> object.isPresent() && value.equals(field(object.get(), "status", "copied")));
        }
    }
}
