package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.OnKubernetes;
import io.datavolume.scenarios.process.Controller;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the control plane takes of time, writes and memory; run by {@code bench/control-plane}, not with the tests. Prints
 * tables in Markdown.
 */
@ExtendWith(OnKubernetes.class)
class ControlPlaneBenchmark {

    private static final int ALONE = 10;
    private static final long PATIENCE_SECONDS = 1200;
    private static final double MILLION = 1e6;

    private final ControlPlane plane;
    private final List<String> lines = new ArrayList<>();
    @TempDir
    private Path folder;

    ControlPlaneBenchmark(ControlPlane plane) {
        this.plane = plane;
    }

    /** On an API server that has nothing else; {@code -Dflow=populator} for the other flow. */
    @Test
    void memory() throws Exception {
        int[] counts = counts();
        String storageClass = "populator".equals(System.getProperty("flow")) ? Bed.CSI : Bed.PLAIN;
        say("| at once, the controller a process | flow | s | peak of the controller, MiB |\n|---|---|---|---|");
        try (KubernetesBed bed = new KubernetesBed(plane)) {
            bed.controller().stop();
            inItsProcess(bed, storageClass, counts[counts.length - 1]);
        }
        write("memory");
    }

    @Test
    void times() throws Exception {
        say("| one after the other | flow | created → Succeeded, ms (median of " + ALONE
                + ") | worker pod created → ended | control plane |\n|---|---|---|---|---|");
        try (LocalBed local = new LocalBed(folder.resolve("local"))) {
            alone("local", local, Bed.CSI);
            alone("local", local, Bed.PLAIN);
        }
        try (KubernetesBed kubernetes = new KubernetesBed(plane)) {
            alone("API server", kubernetes, Bed.CSI);
            alone("API server", kubernetes, Bed.PLAIN);
            say("\n| at once | flow | s | ms each | writes each | events each |\n|---|---|---|---|---|---|");
            for (int count : counts()) {
                together(kubernetes, Bed.PLAIN, count);
                together(kubernetes, Bed.CSI, count);
            }
        }
        write("times");
    }

    private static int[] counts() {
        return Arrays.stream(System.getProperty("counts", "100,300,1000").split(",")).mapToInt(Integer::parseInt)
                .toArray();
    }

    private void write(String name) throws IOException {
        Files.writeString(Path.of("target/control-plane-" + name + ".md"), String.join("\n", lines) + "\n");
    }

    private void say(String line) {
        lines.add(line);
        System.err.println(line);
    }

    private static String flow(String storageClass) {
        return storageClass.equals(Bed.CSI) ? "populator" : "legacy";
    }

    private void alone(String where, Bed bed, String storageClass) throws Exception {
        String namespace = bed.newNamespace();
        double[] all = new double[ALONE];
        double[] worker = new double[ALONE];
        for (int i = -2; i < ALONE; i++) {
            Map<String, long[]> pods = new ConcurrentHashMap<>();
            try (Informer.Registration ended = bed.cluster().informer(Kinds.POD)
                    .listen((before, after) -> after.ifPresent(pod -> note(pods, pod)))) {
                pods.clear();
                long took = run(bed, namespace, storageClass, 1, "alone-" + (i + 2));
                if (i >= 0) {
                    long[] times = pods.values().iterator().next();
                    all[i] = took / MILLION;
                    worker[i] = (times[1] - times[0]) / MILLION;
                }
            }
        }
        double[] rest = new double[ALONE];
        Arrays.setAll(rest, i -> all[i] - worker[i]);
        say(String.format(Locale.ROOT, "| %s | %s | %.0f | %.0f | %.0f |", where, flow(storageClass), median(all),
                median(worker), median(rest)));
    }

    /** When a worker's pod was first seen, and when it had ended. */
    private static void note(Map<String, long[]> pods, Pod pod) {
        long[] times = pods.computeIfAbsent(pod.getMetadata().getUid(), uid -> new long[]{System.nanoTime(), 0});
        if (times[1] == 0 && pod.getStatus() != null && PodPhases.SUCCEEDED.equals(pod.getStatus().getPhase())) {
            times[1] = System.nanoTime();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    private void together(KubernetesBed bed, String storageClass, int count) throws Exception {
        String namespace = bed.newNamespace();
        bed.controller().writes().take();
        double seconds = run(bed, namespace, storageClass, count, "many") / 1e9;
        Thread.sleep(3000); // what is deleted after the end
        Map<String, Integer> writes = bed.controller().writes().take();
        say(String.format(Locale.ROOT, "| %d | %s | %.1f | %.0f | %.1f | %.1f |", count, flow(storageClass), seconds,
                seconds * 1000 / count, (double) CountingCluster.sum(writes, false) / count,
                (double) CountingCluster.sum(writes, true) / count));
        System.err.println(writes);
    }

    private void inItsProcess(KubernetesBed bed, String storageClass, int count) throws Exception {
        String name = "bench-" + flow(storageClass);
        try (Controller controller = new Controller(plane.kubeconfig(), folder, name, Map.of())) {
            controller.awaitSaid("All reconcilers run");
            double seconds = run(bed, bed.newNamespace(), storageClass, count, "process") / 1e9;
            say(String.format(Locale.ROOT, "| %d | %s | %.1f | %.0f |", count, flow(storageClass), seconds,
                    controller.peakKib() / 1024.0));
            controller.end(true);
        }
    }

    /** Creates blank DataVolumes and waits until all have succeeded; gives nanoseconds. */
    private long run(Bed bed, String namespace, String storageClass, int count, String prefix) throws Exception {
        CountDownLatch left = new CountDownLatch(count);
        Map<Key, Boolean> done = new ConcurrentHashMap<>();
        try (Informer.Registration watch = bed.cluster().informer(Kinds.DATA_VOLUME).listen((before, after) -> after
                .filter(dataVolume -> dataVolume.getMetadata().getNamespace().equals(namespace)
                        && dataVolume.getMetadata().getName().startsWith(prefix)
                        && dataVolume.phase() == Phase.SUCCEEDED)
                .filter(dataVolume -> done.put(Key.of(dataVolume), true) == null)
                .ifPresent(dataVolume -> left.countDown()))) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                bed.cluster().create(Kinds.DATA_VOLUME, Story.read(Kinds.DATA_VOLUME, namespace, """
                        apiVersion: cdi.kubevirt.io/v1beta1
                        kind: DataVolume
                        metadata: {name: %s-%d}
                        spec:
                          source: {blank: {}}
                          storage: {accessModes: [ReadWriteOnce], storageClassName: %s,
                                    resources: {requests: {storage: 1Mi}}}
                        """.formatted(prefix, i, storageClass)));
            }
            if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(left.getCount() + " of " + count + " did not succeed");
            }
            return System.nanoTime() - start;
        }
    }
}
