package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.kubernetes.Connection;
import io.datavolume.kubernetes.KubernetesCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A real API server with etcd and the controllers of Kubernetes, one for all tests of a run: started from the programs
 * that {@code src/test/cluster/build.sh} builds, or the one that {@code CDI_TEST_KUBECONFIG} names. It has the kinds of
 * the product and those of the tests, and no node.
 */
public final class ControlPlane implements AutoCloseable {

    // Kinds that only tests write.
    public static final Kind<Namespace> NAMESPACE = new Kind<>(Namespace.class, "", "v1", "Namespace", "namespaces",
            false, true);
    public static final Kind<ResourceQuota> QUOTA = new Kind<>(ResourceQuota.class, "", "v1", "ResourceQuota",
            "resourcequotas", true, true);

    static final Path HOME = Path.of("cluster").toAbsolutePath();
    static final List<Path> KINDS = List.of(HOME.resolve("crd"), Path.of("../../api/src/main/resources/crd"));

    private final Path kubeconfig;
    private final Optional<Process> process;
    private @Nullable KubernetesCluster cluster;

    ControlPlane(Path kubeconfig, Optional<Process> process) {
        this.kubeconfig = kubeconfig;
        this.process = process;
    }

    /**
     * The one of this run; it is stopped when the run ends.
     *
     * @throws TestAbortedException saying why there is none
     */
    public static ControlPlane of(ExtensionContext context) {
        return OfTheRun.one(context, ControlPlane.class, ControlPlane::start);
    }

    /** How to get in, with all rights. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** One client for all tests, whose informers are filled once; not to be closed by them. */
    public synchronized KubernetesCluster cluster() {
        if (cluster == null) {
            cluster = new KubernetesCluster(connect(), "scenarios");
        }
        return cluster;
    }

    /** A connection for a client of one's own. */
    public Connection connect() {
        try {
            return Connection.of(Files.readString(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a namespace whose name begins so, and gives its name. */
    public String newNamespace(String prefix) {
        return cluster().create(NAMESPACE,
                new NamespaceBuilder().withNewMetadata().withGenerateName(prefix).endMetadata().build())
                .getMetadata().getName();
    }

    /** Creates an object, unless it is there from an earlier scenario. */
    public <T extends HasMetadata> void ensure(Kind<T> kind, T object) {
        try {
            cluster().create(kind, object);
        } catch (ClusterException.AlreadyExists e) {
            // Of an earlier scenario.
        }
    }

    /** Makes a storage class be there. */
    public void storageClass(String name, String provisioner, String binding) {
        ensure(Kinds.STORAGE_CLASS, new StorageClassBuilder().withNewMetadata().withName(name).endMetadata()
                .withProvisioner(provisioner).withVolumeBindingMode(binding).build());
    }

    /** Deletes an object of a kind without namespaces, if it is there. */
    public void remove(Kind<?> kind, String name) {
        Key key = Key.cluster(name);
        cluster().get(kind, key).ifPresent(found -> cluster().delete(kind, key, found.getMetadata().getUid()));
    }

    /** A client of Kubernetes with all rights, to be closed by who asks for it. */
    public KubernetesClient client() {
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            config.setClientKeyAlgo("EC");
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops what was started here. */
    @Override
    public synchronized void close() {
        if (cluster != null) {
            cluster.close();
        }
        process.ifPresent(running -> {
            try {
                running.getOutputStream().close();
                if (!running.waitFor(30, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (IOException | InterruptedException e) {
                running.destroyForcibly();
            }
        });
    }

    private static ControlPlane start() {
        String given = System.getenv().getOrDefault("CDI_TEST_KUBECONFIG", "");
        if (!given.isEmpty()) {
            return new ControlPlane(Path.of(given), Optional.empty());
        }
        Path program = Path.of(System.getenv().getOrDefault("CDI_TEST_CACHE",
                System.getProperty("user.home") + "/.cache/datavolume-test"), "bin", "node");
        if (!Files.isExecutable(program)) {
            String why = "Skipped what needs a Kubernetes API server: " + program
                    + " is missing. With Go, src/test/cluster/build.sh builds it; or name a cluster by CDI_TEST_KUBECONFIG.";
            System.err.println(why);
            throw new TestAbortedException(why);
        }
        try {
            return run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlPlane run() throws IOException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("control-plane").toString(), "run"));
        for (Path folder : KINDS) {
            command.addAll(definitions(folder));
        }
        // It lives as long as its standard input, so that it ends with this JVM however that ends.
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("KUBECONFIG=")) {
            throw new AssertionError("the API server did not start: see what it said above");
        }
        return new ControlPlane(Path.of(line.substring("KUBECONFIG=".length())), Optional.of(process));
    }

    static List<String> definitions(Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> yaml = Files.newDirectoryStream(folder, "*.yaml")) {
                yaml.forEach(file -> files.add(file.toAbsolutePath().toString()));
            }
        }
        return files.stream().sorted().toList();
    }
}
