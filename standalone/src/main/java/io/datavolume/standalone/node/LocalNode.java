package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.event.EventWriter;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.standalone.local.Folders;
import io.datavolume.standalone.local.LocalCluster;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The one node of a local cluster: a scheduler and a kubelet, whose pods are workers as child processes. After a restart
 * of the command the pods that were running are started again and go on where they were.
 */
public final class LocalNode implements AutoCloseable {

    /** Its name. */
    public static final String NAME = "local";

    private final PodScheduler scheduler;
    private final Kubelet kubelet;
    private final Slots slots;

    private LocalNode(Slots slots, PodScheduler scheduler, Kubelet kubelet) {
        this.slots = slots;
        this.scheduler = scheduler;
        this.kubelet = kubelet;
    }

    /** The node of a cluster, with two workers per processor. */
    public static LocalNode open(LocalCluster cluster, EventWriter events, InstantSource clock) throws IOException {
        return open(cluster, events, NodeOptions.standard(clock));
    }

    static LocalNode open(LocalCluster cluster, EventWriter events, NodeOptions options) throws IOException {
        removeStrays(cluster);
        Slots slots = new Slots(options.parallel());
        return new LocalNode(slots, new PodScheduler(cluster, slots, events.recorder("default-scheduler"), options),
                new Kubelet(cluster, slots, events.recorder("kubelet"), options));
    }

    /** What pods left that are gone, among it copies of secrets. */
    private static void removeStrays(LocalCluster cluster) throws IOException {
        Set<String> uids = cluster.list(Kinds.POD, Selection.ALL).stream().map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cluster.state().pods())) {
            for (Path folder : folders) {
                if (!uids.contains(String.valueOf(folder.getFileName()))) {
                    Kubelet.endLeftovers(folder);
                    Folders.delete(folder);
                }
            }
        }
    }

    /** What is to be run. */
    public List<Reconciler> reconcilers() {
        return List.of(scheduler, kubelet);
    }

    /** Says how a pod is looked at again by all {@link #reconcilers}: when a process ended, or there is room. */
    public void wakeBy(Consumer<Key> waker) {
        slots.wakeBy(waker);
        kubelet.wakeBy(waker);
    }

    /** Ends all workers; their pods stay as they are, to be started again. Loops are to be closed after it. */
    @Override
    public void close() {
        kubelet.close();
    }
}
