package io.datavolume.scenarios.cluster;

import io.datavolume.scenarios.Cdi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A Kubernetes with nodes, storage and a way from its pods to this machine, one for all tests of a run: the one that
 * {@code CDI_TEST_CLUSTER} names, or else a {@link Node} of our own. The product's kinds are there, its controller is not.
 */
public abstract class WholeCluster implements AutoCloseable {

    private final ControlPlane plane;
    private final Means means;

    WholeCluster(ControlPlane plane, Means means) {
        this.plane = plane;
        this.means = means;
    }

    /**
     * The one of this run.
     *
     * @throws TestAbortedException saying why there is none
     */
    static WholeCluster of(ExtensionContext context) {
        return GivenCluster.isGiven() ? GivenCluster.of(context) : Node.of(context);
    }

    /** Makes the product's kinds be there, and those of tests. */
    public void installKinds() throws IOException, InterruptedException {
        List<String> apply = new ArrayList<>(List.of("apply", "--server-side"));
        for (Path kinds : ControlPlane.KINDS) {
            apply.addAll(List.of("-f", kinds.toString()));
        }
        kubectl(apply.toArray(String[]::new));
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    }

    public ControlPlane plane() {
        return plane;
    }

    /** What is there to work with. */
    public Means means() {
        return means;
    }

    /** With all rights; gives what it says. */
    public String kubectl(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", plane.kubeconfig().toString()));
        command.addAll(List.of(words));
        return Cdi.tool(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        plane.close();
    }

    /**
     * @param host address of this machine, as pods reach it
     * @param image the product
     * @param looker an image with bash and coreutils, to look into volumes with
     * @param idle an image that does nothing
     * @param pullPolicy of all three
     * @param driver CSI driver whose volumes are used
     * @param plain provisioner that is no CSI driver, if there is one
     * @param shared folder that is the same on this machine and on the only node, if there is one
     */
    public record Means(String host, String image, String looker, String idle, String pullPolicy, String driver,
            Optional<String> plain, Optional<Path> shared) {}
}
