package io.datavolume.scenarios.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A cluster that somebody has and lends to the scenarios: {@code CDI_TEST_CLUSTER} is the file with its kubeconfig, and
 * {@code CDI_TEST_HOST}, {@code CDI_TEST_IMAGE} and {@code CDI_TEST_CSI} must be there. Not {@code KUBECONFIG}, which is
 * often that of a cluster where tests have no business.
 */
final class GivenCluster extends WholeCluster {

    private static final String CLUSTER = "CDI_TEST_CLUSTER";

    private GivenCluster(ControlPlane plane, Means means) {
        super(plane, means);
    }

    static boolean isGiven() {
        return variable(CLUSTER).isPresent();
    }

    static GivenCluster of(ExtensionContext context) {
        return OfTheRun.one(context, GivenCluster.class, GivenCluster::connect);
    }

    private static GivenCluster connect() {
        String kubeconfig = needed(CLUSTER);
        System.err.println("Scenarios that need nodes use the cluster of " + kubeconfig
                + "; skipped is what breaks a node or installs a controller.");
        Means means = new Means(needed("CDI_TEST_HOST"), needed("CDI_TEST_IMAGE"),
                variable("CDI_TEST_LOOKER").orElse("docker.io/library/debian:bookworm-slim"),
                variable("CDI_TEST_IDLE").orElse("registry.k8s.io/pause:3.10"), "IfNotPresent",
                needed("CDI_TEST_CSI"), variable("CDI_TEST_PLAIN"), Optional.empty());
        GivenCluster cluster = new GivenCluster(new ControlPlane(Path.of(kubeconfig), Optional.empty()), means);
        try {
            cluster.installKinds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestAbortedException("interrupted", e);
        }
        return cluster;
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static String needed(String name) {
        return variable(name).orElseThrow(
                () -> new AssertionError(name + " is missing, which a run on a cluster of " + CLUSTER + " needs"));
    }
}
