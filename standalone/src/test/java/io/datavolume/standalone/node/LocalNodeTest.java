package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.event.EventWriter;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.kubernetes.queue.TimeSource;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers are shell scripts here: each pod's variable {@code DO} is what its process does. */
class LocalNodeTest {

    private static final Key KEY = new Key("ns", "p");
    private static final CrashBackoff SHORT = new CrashBackoff(Duration.ofMillis(1), Duration.ofMillis(2),
            Duration.ofHours(1));

    @TempDir
    private Path folder;
    private Path shell;
    private LocalCluster cluster;
    private EventWriter events;
    private LocalNode node;
    private List<ReconcilerLoop> loops;

    @BeforeEach
    void open() throws Exception {
        shell = Files.writeString(folder.resolve("shell"), "#!/bin/sh\nexec /bin/sh -c \"$DO\"\n");
        assertTrue(shell.toFile().setExecutable(true));
        start(1);
    }

    private void start(int parallel) throws Exception {
        cluster = LocalCluster.open(folder.resolve("state"), Clock.systemUTC());
        events = new EventWriter(cluster, Clock.systemUTC());
        node = LocalNode.open(cluster, events, new NodeOptions(parallel, SHORT, Clock.systemUTC(), TimeSource.SYSTEM,
                new WorkerCommand(shell, "", "", List.of()), Map.of("PATH", System.getenv("PATH"))));
        loops = node.reconcilers().stream().map(r -> new ReconcilerLoop(cluster, r, LoopOptions.standard())).toList();
        node.wakeBy(key -> loops.forEach(loop -> loop.wake(key)));
        loops.forEach(ReconcilerLoop::start);
    }

    @AfterEach
    void close() {
        node.close();
        loops.forEach(ReconcilerLoop::close);
        events.close();
        cluster.close();
    }

    @Test
    void aWorkerThatSucceedsIsShownAsAKubeletShowsIt() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        cluster.informer(Kinds.POD).listen((before, after) -> after.ifPresent(pod -> seen.add(describe(pod))));
        create("p", "OnFailure", "echo working; echo done >$TRANSFER_RESULT");
        Pod pod = await("p", p -> phase(p).equals("Succeeded"));
        assertEquals(List.of("Pending -", "Pending - on local", "Pending ContainerCreating on local",
                "Running running on local", "Succeeded Completed on local"), List.copyOf(seen));
        ContainerStatus status = pod.getStatus().getContainerStatuses().getFirst();
        assertEquals("done", status.getState().getTerminated().getMessage());
        assertEquals(0, status.getRestartCount());
        assertEquals(List.of("PodScheduled True", "Initialized True", "Ready False", "ContainersReady False"),
                pod.getStatus().getConditions().stream().map(c -> c.getType() + " " + c.getStatus()).toList());
        assertEquals(Optional.of("working\n"), cluster.podLog(KEY, "importer", 10, 100));
    }

    @Test
    void aWorkerThatFailsIsStartedAgainAtOnceThenLater() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        cluster.informer(Kinds.POD).listen((before, after) -> after.ifPresent(pod -> seen.add(describe(pod))));
        create("p", "OnFailure", "echo x >>tries; test $(wc -l <tries) -gt 2 || exit 7");
        Pod pod = await("p", p -> phase(p).equals("Succeeded"));
        assertEquals(List.of("Running running on local", "Running Error 7 on local", "Running running on local #1",
                "Running Error 7 on local #1", "Running CrashLoopBackOff on local #1", "Running running on local #2",
                "Succeeded Completed on local #2"), seen.subList(3, seen.size()));
        ContainerStatus status = pod.getStatus().getContainerStatuses().getFirst();
        assertEquals(2, status.getRestartCount());
    }

    @Test
    void aWorkerThatIsNeverToBeRestartedFails() throws Exception {
        create("p", "Never", "echo what went wrong; exit 1");
        Pod pod = await("p", p -> phase(p).equals("Failed"));
        assertEquals("what went wrong",
                pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated().getMessage());
    }

    @Test
    void aWorkerThatRunsOutOfMemoryIsShownSo() throws Exception {
        create("p", "Never", "exit 3");
        Pod pod = await("p", p -> phase(p).equals("Failed"));
        var end = pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
        assertEquals("OOMKilled 137", end.getReason() + " " + end.getExitCode());
    }

    @Test
    void secretsAreWaitedForAndReachTheWorker() throws Exception {
        Pod wanted = new PodBuilder(pod("p", "OnFailure", "cp $(echo $TRANSFER_SPEC | cut -d'\"' -f4) "
                + "$TRANSFER_RESULT; echo $PASSWORD >>$TRANSFER_RESULT")).editSpec().addNewVolume().withName("s")
                .withNewSecret().withSecretName("secret").endSecret().endVolume().editContainer(0)
                .addNewVolumeMount().withName("s").withMountPath("/certs").endVolumeMount().addNewEnv()
                .withName("PASSWORD").withNewValueFrom().withNewSecretKeyRef("key", "secret", false).endValueFrom()
                .endEnv()
                .editMatchingEnv(env -> env.getName().equals("TRANSFER_SPEC")).withValue("{\"path\":\"/certs/key\"}")
                .endEnv().endContainer().endSpec().build();
        cluster.create(Kinds.POD, wanted);
        Pod waiting = await("p", p -> waiting(p).orElse("").contains("MountVolume.SetUp failed for volume \"s\" : "
                + "secret \"secret\" not found"));
        assertEquals("Pending", phase(waiting));
        cluster.create(Kinds.SECRET, new SecretBuilder().withNewMetadata().withNamespace("ns").withName("secret")
                .endMetadata().addToStringData("key", "hidden\n").build());
        Pod done = await("p", p -> phase(p).equals("Succeeded"));
        assertEquals("hidden\nhidden",
                done.getStatus().getContainerStatuses().getFirst().getState().getTerminated().getMessage());
        assertFalse(Files.exists(cluster.state().pod(done.getMetadata().getUid()).resolve("volumes")));
    }

    @Test
    void podsThatAreNoWorkersAreTold() throws Exception {
        Pod plain = new PodBuilder(pod("p", "Never", "true")).editSpec().editContainer(0).withEnv().endContainer()
                .endSpec().build();
        cluster.create(Kinds.POD, plain);
        await("p", p -> waiting(p).orElse("").contains("has no variable TRANSFER_SPEC"));
    }

    @Test
    void deletedPodsEndTheirProcessAndLeaveNothing() throws Exception {
        Pod pod = create("p", "OnFailure", "echo $$ >pid; trap '' TERM; echo ready; while :; do sleep 0.01; done");
        await("p", p -> cluster.podLog(KEY, "importer", 1, 100).orElse("").equals("ready\n"), () -> true);
        Path own = cluster.state().pod(pod.getMetadata().getUid());
        ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(own.resolve("pid")).strip()))
                .orElseThrow();
        cluster.delete(Kinds.POD, KEY, pod.getMetadata().getUid());
        awaitGone("p");
        assertFalse(process.isAlive());
        create("next", "Never", "true");
        await("next", p -> phase(p).equals("Succeeded"));
        assertFalse(Files.exists(own));
    }

    @Test
    void podsWaitForRoom() throws Exception {
        create("p", "Never", "while [ ! -e " + folder + "/go ]; do sleep 0.01; done");
        await("p", p -> phase(p).equals("Running"));
        create("second", "Never", "true");
        await("second", p -> p.getStatus().getConditions().stream()
                .anyMatch(c -> "0/1 nodes are available: 1 Too many pods.".equals(c.getMessage())));
        Files.createFile(folder.resolve("go"));
        await("second", p -> phase(p).equals("Succeeded"));
    }

    @Test
    void podsThatWereRunningGoOnAfterARestart() throws Exception {
        create("p", "OnFailure", "if [ -e ran ]; then exit 0; fi; touch ran; exec sleep 60");
        await("p", p -> phase(p).equals("Running"));
        await("p", p -> Files.exists(cluster.state().pod(p.getMetadata().getUid()).resolve("ran")), () -> true);
        close();
        start(1);
        Pod pod = await("p", p -> phase(p).equals("Succeeded"));
        ContainerStatus status = pod.getStatus().getContainerStatuses().getFirst();
        assertEquals(1, status.getRestartCount());
        assertEquals(137, status.getLastState() == null ? 137 : status.getLastState().getTerminated().getExitCode());
    }

    @Test
    void aResultThatNobodySawCountsAfterARestart() throws Exception {
        create("p", "OnFailure", "echo '{\"outcome\":\"COMPLETE\"}' >$TRANSFER_RESULT; touch ran; exec sleep 60");
        await("p", p -> phase(p).equals("Running"));
        await("p", p -> Files.exists(cluster.state().pod(p.getMetadata().getUid()).resolve("ran")), () -> true);
        close();
        start(1);
        Pod pod = await("p", p -> phase(p).equals("Succeeded"));
        assertEquals(0, pod.getStatus().getContainerStatuses().getFirst().getRestartCount());
    }

    @Test
    void processesOfAnEarlierRunAreEndedBeforeTheirSuccessorStarts() throws Exception {
        ContainerFiles files = ContainerFiles.of(folder, "c", folder.resolve("c.log"));
        WorkerProcess left = WorkerProcess.start(List.of("/bin/sleep", "60"), Map.of(), folder, files);
        WorkerProcess.endLeftover(files);
        assertTrue(left.awaitExit(Duration.ofSeconds(20)));
        WorkerProcess.endLeftover(files);
        // The same number is another process by now.
        Files.writeString(files.process(), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");
        WorkerProcess.endLeftover(files);
    }

    private Pod create(String name, String policy, String script) {
        return cluster.create(Kinds.POD, pod(name, policy, script));
    }

    private static Pod pod(String name, String policy, String script) {
        return new PodBuilder().withNewMetadata().withNamespace("ns").withName(name).endMetadata().withNewSpec()
                .withRestartPolicy(policy).withTerminationGracePeriodSeconds(1L).addNewContainer().withName("importer")
                .withTerminationMessagePolicy("FallbackToLogsOnError").addNewEnv().withName("TRANSFER_SPEC")
                .withValue("{}").endEnv().addNewEnv().withName("DO").withValue(script).endEnv().endContainer().endSpec()
                .build();
    }

    private static String phase(Pod pod) {
        return pod.getStatus().getPhase();
    }

    private static Optional<String> waiting(Pod pod) {
        return new PodStatuses(pod, java.time.Instant.EPOCH).container().map(ContainerStatus::getState)
                .map(ContainerState::getWaiting).map(waiting -> waiting.getMessage());
    }

    private static String describe(Pod pod) {
        Optional<ContainerStatus> container = new PodStatuses(pod, java.time.Instant.EPOCH).container();
        String state = container.map(ContainerStatus::getState).map(s -> s.getRunning() != null
                ? "running"
                : s.getWaiting() != null
                        ? s.getWaiting().getReason()
                        : s.getTerminated().getReason()
                                + (s.getTerminated().getExitCode() == 0 ? "" : " " + s.getTerminated().getExitCode()))
                .orElse("-");
        int restarts = container.map(ContainerStatus::getRestartCount).orElse(0);
        return phase(pod) + " " + state
                + (pod.getSpec().getNodeName() == null ? "" : " on " + pod.getSpec().getNodeName())
                + (restarts == 0 ? "" : " #" + restarts);
    }

    private Pod await(String name, Predicate<Pod> wanted) throws Exception {
        CompletableFuture<Pod> seen = new CompletableFuture<>();
        Informer<Pod> informer = cluster.informer(Kinds.POD);
        Informer.Registration registration = informer.listen((before, after) -> after
                .filter(pod -> pod.getMetadata().getName().equals(name) && wanted.test(pod)).ifPresent(seen::complete));
        try (registration) {
            return seen.get(20, TimeUnit.SECONDS);
        }
    }

    /** Waits for what the pod itself does not show. */
    private void await(String name, Predicate<Pod> wanted, java.util.function.BooleanSupplier polled) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!wanted.test(cluster.get(Kinds.POD, new Key("ns", name)).orElseThrow())) {
            assertTrue(polled.getAsBoolean() && System.nanoTime() < deadline, "never came");
            Thread.onSpinWait();
        }
    }

    private void awaitGone(String name) throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        Informer<Pod> informer = cluster.informer(Kinds.POD);
        Informer.Registration registration = informer.listen((before, after) -> {
            if (informer.get(new Key("ns", name)).isEmpty()) {
                gone.complete(true);
            }
        });
        try (registration) {
            if (informer.get(new Key("ns", name)).isPresent()) {
                gone.get(20, TimeUnit.SECONDS);
            }
        }
    }
}
