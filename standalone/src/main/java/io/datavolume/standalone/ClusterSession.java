package io.datavolume.standalone;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.wire.Installer;
import io.datavolume.controller.Controllers;
import io.datavolume.controller.WorkerImage;
import io.datavolume.kubernetes.Connection;
import io.datavolume.kubernetes.KubernetesCluster;
import io.datavolume.standalone.local.LocalView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The cluster of one command. Written to, the local one runs its reconcilers and workers as long as this is open; a real
 * one has its own.
 *
 * @param namespace where none is named
 * @param local whether it is the local one
 */
record ClusterSession(Cluster cluster, AutoCloseable owner, String namespace, boolean local) implements AutoCloseable {

    /** Field manager of what is written. */
    private static final String MANAGER = "cdi";
    /** Nothing is pulled: the node starts its own workers, whatever their image is called. */
    private static final WorkerImage OWN_WORKER = new WorkerImage("local", "IfNotPresent", List.of());

    /** @throws io.datavolume.image.failure.NeedsUserException when another command writes to the local cluster */
    static ClusterSession writing(ClusterOptions options) throws IOException {
        if (options.isRemote()) {
            return remote(options);
        }
        Path state = options.stateFolder();
        Files.createDirectories(state);
        Clock clock = Clock.systemUTC();
        LocalEnvironment environment = LocalEnvironment.open(state, Optional.ofNullable(options.storageClasses), clock);
        try {
            environment.start(Controllers.on(environment.cluster(), OWN_WORKER, Installer.NONE, clock,
                    environment.events()));
            return new ClusterSession(environment.cluster(), environment, options.namespace(Optional.empty()), true);
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    /** The local cluster may be written to by another command meanwhile. */
    static ClusterSession reading(ClusterOptions options) throws IOException {
        if (options.isRemote()) {
            return remote(options);
        }
        try {
            LocalView view = LocalView.open(options.stateFolder());
            return new ClusterSession(view, view, options.namespace(Optional.empty()), true);
        } catch (NoSuchFileException e) {
            throw Main.usage("There is no local cluster in " + options.stateFolder()
                    + " yet: cdi apply makes one; for a real cluster give --context");
        }
    }

    private static ClusterSession remote(ClusterOptions options) throws IOException {
        try {
            Connection connection = options.kubeconfig == null
                    ? Connection.find(Optional.ofNullable(options.context))
                    : Connection.of(Files.readString(options.kubeconfig));
            if (options.kubeconfig != null && options.context != null) {
                throw Main.usage("Give --context of $KUBECONFIG or --kubeconfig, not both");
            }
            KubernetesCluster cluster = new KubernetesCluster(connection, MANAGER);
            return new ClusterSession(cluster, cluster, options.namespace(Optional.of(connection.namespace())), false);
        } catch (IllegalArgumentException e) {
            throw Main.usage("Tried to find the cluster but " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            owner.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
