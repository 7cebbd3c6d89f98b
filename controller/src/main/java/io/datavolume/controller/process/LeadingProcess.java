package io.datavolume.controller.process;

import io.datavolume.api.cluster.Key;
import io.datavolume.controller.metrics.QueueMeters;
import io.datavolume.kubernetes.Connection;
import io.datavolume.kubernetes.KubernetesCluster;
import io.datavolume.kubernetes.LeaderElection;
import io.datavolume.kubernetes.Visitors;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of the control plane on a real cluster: waits until it leads, works until it is closed. Ready means that it
 * is there to lead, so that a rollout with several replicas goes on.
 */
public final class LeadingProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeadingProcess.class);

    /** What it does while it leads; closed when it is to end. */
    public interface Work extends AutoCloseable {

        /** More metrics, as text; empty if there are none. */
        String metrics();

        @Override
        void close();
    }

    /** Starts the work. */
    public interface Start {

        /**
         * @param namespace of the installation
         * @param options of the loop of the reconciler of a name
         */
        Work start(KubernetesCluster cluster, String namespace, Function<String, LoopOptions> options);
    }

    private final ProcessSettings settings;
    private final KubernetesCluster cluster;
    private final String namespace;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Endpoints endpoints;
    private final LeaderElection election;
    private final Start start;
    private @Nullable Work work;
    private volatile boolean ready;

    /**
     * Takes part in the election from now on.
     *
     * @param name {@code cdi-controller}: who it is to the API server and in its certificate; the lease is named after it
     * @param lost called when another one leads; to end the process at once
     * @throws IllegalArgumentException when no cluster is configured
     * @throws IllegalStateException when a port cannot be had, or the ready file not be written
     */
    public LeadingProcess(String name, ProcessSettings settings, Start start, Runnable lost) {
        this.settings = settings;
        this.start = start;
        Connection connection = connection(settings);
        cluster = new KubernetesCluster(connection, name);
        Visitors visitors = new Visitors(cluster);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        endpoints = new Endpoints(name, settings, this::metrics, token -> visitors.mayGet(token, "/metrics"),
                () -> ready);
        namespace = settings.namespace().orElseGet(connection::namespace);
        LOG.info("Talks to {}, installed in namespace {}; metrics on port {}, health on port {}",
                connection.server(), namespace, endpoints.metricsPort(), endpoints.healthPort());
        setReady(true);
        election = new LeaderElection(cluster, new Key(namespace, name + "-leader-election-helper"),
                settings.identity(),
                LeaderElection.Timing.DEFAULT, lost);
    }

    /** Waits until this one leads, then starts the work. */
    public void lead() throws InterruptedException {
        election.awaitLeading();
        LoopOptions options = LoopOptions.standard();
        synchronized (this) {
            work = start.start(cluster, namespace, name -> options.withMetrics(new QueueMeters(registry, name)));
        }
        LOG.info("All reconcilers run");
    }

    private static Connection connection(ProcessSettings settings) {
        Connection connection = settings.kubeconfig().map(LeadingProcess::read)
                .orElseGet(() -> Connection.find(Optional.empty()));
        return settings.server().map(connection::at).orElse(connection);
    }

    private static Connection read(Path kubeconfig) {
        try {
            return Connection.of(Files.readString(kubeconfig));
        } catch (IOException e) {
            throw new IllegalArgumentException("Tried to read the kubeconfig " + kubeconfig + " but failed: " + e, e);
        }
    }

    private synchronized String metrics() {
        // Only a leader watches the cluster.
        return registry.scrape() + (work == null ? "" : work.metrics());
    }

    private void setReady(boolean is) {
        ready = is;
        try {
            if (is) {
                Files.writeString(settings.readyFile(), "ready\n");
            } else {
                Files.deleteIfExists(settings.readyFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to " + (is ? "write" : "remove") + " " + settings.readyFile()
                    + ", by which the kubelet knows that this is ready, but failed; set READY_FILE to another place",
                    e);
        }
    }

    /** Ends in order: what runs is waited for before a successor may lead. */
    @Override
    public void close() {
        LOG.info("Stops");
        setReady(false);
        synchronized (this) {
            if (work != null) {
                work.close();
            }
        }
        election.close();
        cluster.close();
        endpoints.close();
        registry.close();
        LOG.info("Stopped");
    }
}
