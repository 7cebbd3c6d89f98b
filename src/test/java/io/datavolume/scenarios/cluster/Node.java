package io.datavolume.scenarios.cluster;

import io.datavolume.scenarios.Cdi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A whole Kubernetes with one real node, storage, DNS and a registry, one for all tests of a run: {@code src/test/cluster/up}.
 * The product's image is on it, and one that tests look into volumes with.
 */
public final class Node extends WholeCluster {

    /** Address of this machine, as pods reach it. */
    public static final String HOST = "10.89.0.1";
    /** The product. */
    public static final String IMAGE = "docker.io/library/cdi:0.1.0-SNAPSHOT";

    private static final String LOOKER = "docker.io/library/base:1";
    private static final String IDLE = "docker.io/local/pause:1";
    private static final String DRIVER = "reflink.csi.test";
    private static final Path ARCHIVE = Path.of("../../target/image.tar").toAbsolutePath().normalize();

    private final Path home;

    private Node(Path kubeconfig) {
        super(new ControlPlane(kubeconfig, Optional.empty()), new Means(HOST, IMAGE, LOOKER, IDLE, "Never", DRIVER,
                Optional.empty(), Optional.of(kubeconfig.resolveSibling("plain"))));
        this.home = kubeconfig.resolveSibling("");
    }

    /**
     * The one of this run; it is stopped when the run ends.
     *
     * @throws TestAbortedException saying why there is none
     */
    static Node of(ExtensionContext context) {
        return OfTheRun.one(context, Node.class, Node::start);
    }

    private static Node start() {
        String missing = missing();
        if (!missing.isEmpty()) {
            System.err.println("Skipped what needs a node: " + missing);
            throw new TestAbortedException(missing);
        }
        try {
            String said = Cdi.tool(ControlPlane.HOME.resolve("up").toString(), ARCHIVE.toString());
            Node node = new Node(Path.of(said.lines().filter(line -> line.startsWith("KUBECONFIG="))
                    .map(line -> line.substring("KUBECONFIG=".length())).findFirst().orElseThrow()));
            node.installKinds();
            System.err.println("Scenarios that need nodes use one of their own: " + node.home);
            return node;
        } catch (AssertionError | IOException | InterruptedException e) {
            if ("all".equals(System.getProperty("node"))) {
                throw new AssertionError("the node did not start", e);
            }
            String why = "a node cannot be started on this machine, and was not asked for by -Dnode=all: " + e;
            System.err.println("Skipped what needs a node: " + why);
            throw new TestAbortedException(why);
        }
    }

    private static String missing() {
        if (GivenCluster.isGiven()) {
            return "it would have to be one of the tests' own, and CDI_TEST_CLUSTER lends another";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return "only root can start one; or lend a cluster by CDI_TEST_CLUSTER";
        }
        if (!Files.exists(ARCHIVE)) {
            return ARCHIVE + " is missing; mvn package -Pimage makes it";
        }
        for (String[] needed : List.of(new String[]{"unshare", "--mount", "--net", "--uts", "true"},
                new String[]{"losetup", "--find"}, new String[]{"test", "-d", "/sys/fs/cgroup/memory"})) {
            try {
                Cdi.tool(needed);
            } catch (AssertionError | IOException | InterruptedException e) {
                return "this machine cannot: " + String.join(" ", needed);
            }
        }
        Path bin = Path.of(System.getenv().getOrDefault("CDI_TEST_CACHE",
                System.getProperty("user.home") + "/.cache/datavolume-test"), "bin");
        return Files.isExecutable(bin.resolve("csi"))
                ? ""
                : bin + " has no CSI driver; src/test/cluster/build.sh makes it";
    }

    /** Takes the product's kinds away, as before an installation. */
    public void forgetKinds() throws IOException, InterruptedException {
        kubectl("delete", "--ignore-not-found", "-f", ControlPlane.KINDS.getLast().toString());
    }

    /** Folder with all that the node keeps: {@code run/PART.pid}, {@code log/PART.log}. */
    public Path home() {
        return home;
    }

    /** Runs a script with what {@code node.sh} has, and gives what it says. */
    public String shell(String script) throws IOException, InterruptedException {
        return Cdi.tool("bash", "-euc", ". \"$0/node.sh\"; " + script, ControlPlane.HOME.toString());
    }

    /** Processes of a JVM in a pod, by the pod's uid. */
    public List<Long> javaOf(String podUid) {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> isJavaOf(podUid, pid)).toList();
    }

    private static boolean isJavaOf(String podUid, long pid) {
        Path process = Path.of("/proc/" + pid);
        try {
            return Files.readString(process.resolve("cgroup")).contains(podUid)
                    && Files.readString(process.resolve("comm")).contains("java");
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the JVM of a pod. */
    public void killJava(String podUid) throws IOException, InterruptedException {
        Cdi.tool("kill", "-9", javaOf(podUid).getFirst().toString());
    }

    /** Lets the kernel kill the JVM of a pod, since another process takes all the memory that its container may have. */
    public void exhaustMemory(String podUid) throws IOException, InterruptedException {
        Cdi.tool("bash", "-euc", """
                group=/sys/fs/cgroup/memory$(sed -n 's/^[0-9]*:memory://p' "/proc/$0/cgroup")
                echo 1000 > "/proc/$0/oom_score_adj"
                (echo $BASHPID > "$group/tasks"; echo -1000 > /proc/$BASHPID/oom_score_adj
                head -c 560M /dev/zero | tail -c 560M > /dev/null) || true
                """, javaOf(podUid).getFirst().toString());
    }

    @Override
    public void close() {
        super.close();
        try {
            Cdi.tool(ControlPlane.HOME.resolve("down").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
