package io.datavolume.standalone;

import io.datavolume.api.event.EventWriter;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.standalone.local.LocalCluster;
import io.datavolume.standalone.node.LocalNode;
import io.datavolume.standalone.volumes.LocalVolumes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A whole cluster in this process: objects in a state folder, storage, and a node that runs workers. What reconciles
 * DataVolumes is given to {@link #start}.
 */
public final class LocalEnvironment implements AutoCloseable {

    private final LocalCluster cluster;
    private final EventWriter events;
    private final LocalNode node;
    private final List<ReconcilerLoop> loops = new ArrayList<>();

    private LocalEnvironment(LocalCluster cluster, EventWriter events, LocalNode node) {
        this.cluster = cluster;
        this.events = events;
        this.node = node;
    }

    /**
     * Opens the state folder, makes storage classes known, and goes on with the pods that are there.
     *
     * @param storageClasses file of storage classes; empty for the state folder's own, or the built-in ones
     * @throws io.datavolume.image.failure.NeedsUserException when another process writes there (reason TARGET), or a file
     *         is not what it should be (USAGE)
     */
    public static LocalEnvironment open(Path state, Optional<Path> storageClasses, Clock clock) throws IOException {
        LocalCluster cluster = LocalCluster.open(state, clock);
        EventWriter events = new EventWriter(cluster, clock);
        try {
            LocalVolumes volumes = LocalVolumes.open(cluster, storageClasses, events);
            LocalNode node = LocalNode.open(cluster, events, clock);
            LocalEnvironment environment = new LocalEnvironment(cluster, events, node);
            List<ReconcilerLoop> ofNode = environment.loops(node.reconcilers());
            node.wakeBy(pod -> ofNode.forEach(loop -> loop.wake(pod)));
            ofNode.forEach(ReconcilerLoop::start);
            environment.start(volumes.reconcilers());
            return environment;
        } catch (IOException | RuntimeException e) {
            events.close();
            cluster.close();
            throw e;
        }
    }

    public LocalCluster cluster() {
        return cluster;
    }

    /** Writes events into the cluster. */
    public EventWriter events() {
        return events;
    }

    /** Runs reconcilers until the end. */
    public List<ReconcilerLoop> start(Collection<Reconciler> reconcilers) {
        List<ReconcilerLoop> started = loops(reconcilers);
        started.forEach(ReconcilerLoop::start);
        return started;
    }

    private synchronized List<ReconcilerLoop> loops(Collection<Reconciler> reconcilers) {
        List<ReconcilerLoop> made = reconcilers.stream()
                .map(reconciler -> new ReconcilerLoop(cluster, reconciler, LoopOptions.standard())).toList();
        loops.addAll(made);
        return made;
    }

    /** Ends the workers and everything else; opened again, it goes on where it was. */
    @Override
    public synchronized void close() {
        node.close();
        loops.forEach(ReconcilerLoop::close);
        events.close();
        cluster.close();
    }
}
