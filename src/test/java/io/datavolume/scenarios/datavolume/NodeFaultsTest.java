package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.Nginx;
import io.datavolume.scenarios.cluster.Node;
import io.datavolume.scenarios.cluster.OnNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens in the middle of an import on a real node: it ends right, and reads next to nothing twice. */
@Timeout(300)
@ExtendWith({OnNode.class, NodeSample.class})
class NodeFaultsTest extends OnBed {

    private static final long BYTES = 80L << 20;
    private static final double TWICE = 0.05;
    private static final long OUTAGE = 30_000;

    @TempDir
    private static Path folder;
    private final Node node;

    NodeFaultsTest(Node node) {
        this.node = node;
    }

    @Override
    Bed open() throws Exception {
        NodeBed opened = new NodeBed(node, folder);
        ServedImages images = opened.images();
        Path raw = folder.resolve("large.raw");
        Cdi.tool("sh", "-c", "head -c " + BYTES + " /dev/urandom > " + raw);
        Cdi.tool("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(),
                images.file(Image.DISK).resolveSibling("paced.qcow2").toString());
        return opened;
    }

    private Nginx nginx() {
        return ((NodeBed) bed).images().nginx();
    }

    /** An import that has begun, and has some seconds to go. */
    private Story begun(String name) throws Exception {
        nginx().takeBytesSent();
        Story story = volume(name, "source: {http: {url: \"" + nginx().url("paced/paced.qcow2") + "\"}}", Bed.CSI, "",
                "resources: {requests: {storage: 128Mi}}, ");
        return story.await("a part has arrived", () -> story.dataVolume().condition(ConditionTypes.RUNNING)
                .filter(condition -> condition.message().matches(".*\\b[1-9]\\d*\\.?\\d* MiB of .*")).isPresent());
    }

    private void assertWhole(Story story) throws Exception {
        story.awaitPhase(Phase.SUCCEEDED);
        ((NodeBed) bed).assertHolds(story.claim(), folder.resolve("large.raw"), BYTES);
    }

    private void assertHardlyReadTwice() throws Exception {
        long sent = nginx().takeBytesSent();
        System.err.printf("sent %d bytes of %d: %.1f %% twice%n", sent, BYTES, 100.0 * (sent - BYTES) / BYTES);
        assertTrue(sent <= (1 + TWICE) * BYTES, sent + " bytes");
    }

    private Pod worker() {
        return bed.cluster().list(Kinds.POD, Selection.in(namespace)).getFirst();
    }

    @Test
    void workerThatIsKilledGoesOnInItsPod() throws Exception {
        Story story = begun("killed");
        Pod pod = worker();
        node.killJava(pod.getMetadata().getUid());
        assertWhole(story);
        assertEquals(1, story.dataVolume().statusOrEmpty().restartCount());
        assertHardlyReadTwice();
    }

    @Test
    void workerThatRunsOutOfMemoryComesBackWithDirectIo() throws Exception {
        Story story = begun("memory");
        node.exhaustMemory(worker().getMetadata().getUid());
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.OOM_KILLED);
        story.await("a worker has direct I/O", () -> bed.cluster().list(Kinds.POD, Selection.in(namespace)).stream()
                .anyMatch(pod -> pod.getSpec().toString().contains("\"cache\":\"direct\"")));
        assertWhole(story);
        assertHardlyReadTwice();
    }

    @Test
    void importGoesOnWhileTheContainerRuntimeIsRestarted() throws Exception {
        Story story = begun("runtime");
        Cdi.tool("kill", "-9", Files.readString(node.home().resolve("run/containerd.pid")).strip());
        assertWhole(story);
        assertHardlyReadTwice();
    }

    @Test
    void importGoesOnWhileTheApiServerIsAway() throws Exception {
        Story story = begun("apiserver");
        node.shell("stop apiserver; sleep 30; start_apiserver; until ask /readyz; do sleep 0.2; done");
        assertWhole(story);
        assertHardlyReadTwice();
    }

    @Test
    void importGoesOnWhenTheWebServerIsBack() throws Exception {
        Story story = begun("server");
        nginx().stop();
        Thread.sleep(OUTAGE);
        nginx().start();
        assertWhole(story);
        assertEquals(0, story.dataVolume().statusOrEmpty().restartCount());
    }

    @Test
    void importGoesOnWithAnotherController() throws Exception {
        Story story = begun("controller");
        bed.controller().stop();
        Thread.sleep(OUTAGE / 10);
        bed.controller().start();
        assertWhole(story);
        assertHardlyReadTwice();
    }

    /** Rules as a network policy has them: to the worker comes nothing that is not an answer of its source. */
    @Test
    void progressShowsWhereNobodyReachesTheWorker() throws Exception {
        Story story = begun("policy");
        String rules = "-d " + worker().getStatus().getPodIP() + " ! -s " + Node.HOST + " -j DROP";
        node.shell("\"${inside[@]}\" iptables -I FORWARD " + rules + "; \"${inside[@]}\" iptables -I OUTPUT " + rules);
        try {
            String before = story.condition(ConditionTypes.RUNNING).message();
            story.await("progress goes on", () -> story.phase() == Phase.IMPORT_IN_PROGRESS
                    && !story.condition(ConditionTypes.RUNNING).message().equals(before)
                    && story.condition(ConditionTypes.RUNNING).message().contains("MiB"));
            assertWhole(story);
        } finally {
            node.shell("\"${inside[@]}\" iptables -D FORWARD " + rules + "; \"${inside[@]}\" iptables -D OUTPUT "
                    + rules);
        }
        assertEquals(List.of(), story.phases().stream().filter(phase -> phase == Phase.FAILED).toList());
    }
}
