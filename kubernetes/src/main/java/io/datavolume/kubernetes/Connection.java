package io.datavolume.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster, and as whom: what {@code kubectl} would use. A context of the files that {@code KUBECONFIG} names, or of
 * {@code ~/.kube/config}; else the service account of the pod that this runs in.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">kubeconfig</a>
 */
public final class Connection {

    /** Half of what an API server gives itself. */
    private static final Duration REQUEST = Duration.ofSeconds(30);

    private final Config config;

    private Connection(Config config) {
        this.config = config;
        // Whoever asks decides when to ask again; an informer does so by itself.
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout((int) REQUEST.toMillis());
        ClientKey.algorithm(config).ifPresent(config::setClientKeyAlgo);
    }

    /**
     * Finds the cluster that is meant.
     *
     * @param context name of a context; without it the current one, or the pod's service account
     * @throws IllegalArgumentException when there is no such context, or no cluster at all
     */
    public static Connection find(Optional<String> context) {
        Config config = read(context.orElse(null));
        NamedContext current = config.getCurrentContext();
        if (context.isPresent() && (current == null || !context.get().equals(current.getName()))) {
            throw new IllegalArgumentException("there is no context '" + context.get() + "' in "
                    + files() + "; there are: " + config.getContexts()
                            .stream().map(NamedContext::getName).sorted().collect(Collectors.joining(", ")));
        }
        if (current == null && Config.DEFAULT_MASTER_URL.equals(withoutSlash(config.getMasterUrl()))) {
            throw new IllegalArgumentException("no cluster is configured: "
                    + files() + " names none; set KUBECONFIG");
        }
        return new Connection(config);
    }

    private static Config read(@Nullable String context) {
        try {
            return Config.autoConfigure(context);
        } catch (RuntimeException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(files() + " is no kubeconfig: " + why.getMessage(), e);
        }
    }

    private static String files() {
        return String.join(", ", Config.getKubeconfigFilenames());
    }

    /** The current context of a file's text. */
    public static Connection of(String kubeconfig) {
        return new Connection(Config.fromKubeconfig(kubeconfig));
    }

    /** The same, by another address of the API server. */
    public Connection at(String server) {
        config.setMasterUrl(server);
        return this;
    }

    /** The namespace that is meant where none is named. */
    public String namespace() {
        String namespace = config.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /** Address of the API server, for messages. */
    public String server() {
        return withoutSlash(config.getMasterUrl());
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config)
                .withHttpClientFactory(new PatientTls(REQUEST.toSeconds())).build();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
