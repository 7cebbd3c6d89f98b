package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.kubernetes.Connection;
import io.datavolume.kubernetes.KubernetesCluster;
import io.datavolume.kubernetes.LeaderElection;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server does beyond the contract: permissions, quotas, missing kinds, lost connections, leases. */
@ExtendWith(OnKubernetes.class)
@Timeout(300)
class KubernetesClusterTest {

    private static final Kind<ServiceAccount> ACCOUNT = new Kind<>(ServiceAccount.class, "", "v1", "ServiceAccount",
            "serviceaccounts", true, false);
    private static final Kind<Node> NODE = new Kind<>(Node.class, "", "v1", "Node", "nodes", false, true);
    private static final Kind<Lease> LEASE = new Kind<>(Lease.class, "coordination.k8s.io", "v1", "Lease", "leases",
            true,
            false);
    private static final Kind<GenericKubernetesResource> ABSENT = new Kind<>(GenericKubernetesResource.class,
            "absent.datavolume.io", "v1", "Absent", "absents", true, true);
    private static final LeaderElection.Timing QUICK = new LeaderElection.Timing(Duration.ofSeconds(3),
            Duration.ofSeconds(2), Duration.ofMillis(200));

    private final ControlPlane controlPlane;
    private final KubernetesCluster cluster;
    private final String namespace;

    KubernetesClusterTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        cluster = controlPlane.cluster();
        namespace = controlPlane.newNamespace("cluster-");
    }

    @AfterEach
    void remove() {
        controlPlane.remove(ControlPlane.NAMESPACE, namespace);
    }

    @Test
    void aKindThatTheClusterLacksIsNamedWithWhatToInstall() {
        String wanted = "The cluster has no kind Absent (absent.datavolume.io/v1): install the CustomResourceDefinition"
                + " absents.absent.datavolume.io";
        for (Executable attempt : List.<Executable>of(() -> cluster.get(ABSENT, key("a")),
                () -> cluster.list(ABSENT, Selection.ALL), () -> cluster.delete(ABSENT, key("a"), "0"),
                () -> cluster.create(ABSENT, sample(key("a"))))) {
            assertEquals(wanted, assertThrows(ClusterException.NotFound.class, attempt).getMessage());
        }
        assertTrue(cluster.informer(ABSENT).list().isEmpty());
    }

    @Test
    void whatIsNotAllowedIsForbiddenInTheServersWords() throws IOException {
        for (String credentials : new String[]{"{}", "{token: not-a-token}"}) {
            try (var stranger = new KubernetesCluster(connection(serverOf(controlPlane), credentials), "test")) {
                var refusal = assertThrows(ClusterException.Forbidden.class,
                        () -> stranger.list(Kinds.SECRET, Selection.ALL));
                String wanted = credentials.equals("{}")
                        ? "User \"system:anonymous\" cannot list resource \"secrets\""
                        : "401: the credentials are missing, expired or not known to this cluster";
                assertTrue(String.valueOf(refusal.getMessage()).contains(wanted), refusal.getMessage());
                assertThrows(ClusterException.Forbidden.class, () -> stranger.informer(Kinds.SECRET));
            }
        }
    }

    @Test
    void aQuotaThatIsUsedUpIsSeenAsOne() throws InterruptedException {
        cluster.create(ControlPlane.QUOTA,
                new ResourceQuotaBuilder().withMetadata(Samples.named(key("q")).build()).withNewSpec()
                        .addToHard("count/samples.test.datavolume.io", new Quantity("0")).endSpec().build());
        Recorder.await(cluster, ControlPlane.QUOTA, key("q"),
                quota -> quota.isPresent() && quota.get().getStatus() != null
                        && quota.get().getStatus().getHard() != null && !quota.get().getStatus().getHard().isEmpty());
        var refusal = assertThrows(ClusterException.Forbidden.class, () -> cluster.create(SAMPLE, sample(key("a"))));
        assertTrue(refusal.isQuota(), refusal.getMessage());
    }

    @Test
    void aPodThatHasNotStartedHasNoLog() throws InterruptedException {
        assertEquals(Optional.empty(), cluster.podLog(key("none"), "main", 10, 1000));
        Recorder.await(cluster, ACCOUNT, key("default"), Optional::isPresent);
        cluster.create(Kinds.POD, pod("a"));
        assertEquals(Optional.empty(), cluster.podLog(key("a"), "main", 10, 1000));
    }

    @Test
    void theEndOfALogIsReadThroughTheApiServer(@TempDir Path home) throws Exception {
        Recorder.await(cluster, ACCOUNT, key("default"), Optional::isPresent);
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        try (var kubelet = new KubeletLogs(home, query -> {
            asked.add(query);
            return "line 1 ü\nline 2\n";
        })) {
            Node node = cluster.create(NODE,
                    new NodeBuilder().withNewMetadata().withGenerateName("node-").endMetadata().build());
            cluster.patchStatus(NODE, Key.of(node), Patch.of(node)
                    .field(List.of(Map.of("type", "InternalIP", "address", "127.0.0.1")), "status", "addresses")
                    .field(kubelet.port(), "status", "daemonEndpoints", "kubeletEndpoint", "Port").build());
            cluster.create(Kinds.POD, new PodBuilder(pod("a")).editSpec().withNodeName(node.getMetadata().getName())
                    .endSpec().build());

            assertEquals(Optional.of("line 1 ü\nline 2\n"), cluster.podLog(key("a"), "main", 20, 4096));
            String query = asked.take();
            assertTrue(query.startsWith("/containerLogs/" + key("a") + "/main?"), query);
            assertTrue(query.contains("tailLines=20") && query.contains("limitBytes=4096"), query);
            cluster.delete(NODE, Key.of(node), node.getMetadata().getUid());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsUnavailable() throws IOException {
        try (var proxy = new CuttableProxy(1)) {
            proxy.cut();
            try (var gone = new KubernetesCluster(connection("https://127.0.0.1:" + proxy.port(), "{}"), "test")) {
                var refusal = assertThrows(ClusterException.Unavailable.class, () -> gone.get(SAMPLE, key("a")));
                assertTrue(String.valueOf(refusal.getMessage()).startsWith("Reading Sample " + key("a") + " failed: "),
                        refusal.getMessage());
                assertThrows(ClusterException.Unavailable.class,
                        () -> gone.delete(SAMPLE, key("a"), "0"));
            }
        }
    }

    @Test
    void whatOthersWriteIsToldToo() throws InterruptedException {
        try (var other = new KubernetesCluster(controlPlane.connect(), "other");
                Recorder<GenericKubernetesResource> recorder = Recorder.of(cluster, SAMPLE, key("").namespace())) {
            cluster.informer(SAMPLE).index(InformerContract.BY_APP);
            GenericKubernetesResource object = other.create(SAMPLE, sample(key("a")));
            assertEquals(Optional.empty(), recorder.next().before());
            other.patch(SAMPLE, key("a"), Patch.of(object).label("app", key("").namespace()).build());
            assertEquals(Map.of("app", key("").namespace()),
                    recorder.next().after().orElseThrow().getMetadata().getLabels());
            assertEquals(1, cluster.informer(SAMPLE).find(InformerContract.BY_APP, key("").namespace()).size());
            other.delete(SAMPLE, key("a"), object.getMetadata().getUid());
            assertEquals(Optional.empty(), recorder.next().after());
            assertEquals(0, cluster.informer(SAMPLE).find(InformerContract.BY_APP, key("").namespace()).size());
        }
    }

    @Test
    void whatChangedWhileTheConnectionWasLostIsToldAfterwards() throws Exception {
        GenericKubernetesResource gone = cluster.create(SAMPLE, sample(key("gone")));
        GenericKubernetesResource changed = cluster.create(SAMPLE, sample(key("changed")));
        String server = serverOf(controlPlane);
        try (var proxy = new CuttableProxy(Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)));
                var far = new KubernetesCluster(through(proxy), "far")) {
            far.informer(SAMPLE);
            proxy.cut();
            cluster.delete(SAMPLE, key("gone"), gone.getMetadata().getUid());
            cluster.patch(SAMPLE, key("changed"), Patch.of(changed).annotation("n", "1").build());
            cluster.create(SAMPLE, sample(key("new")));
            proxy.mend();
            Recorder.await(far, SAMPLE, key("new"), Optional::isPresent);
            Recorder.await(far, SAMPLE, key("gone"), Optional::isEmpty);
            Recorder.await(far, SAMPLE, key("changed"),
                    object -> object.isPresent() && object.get().getMetadata().getAnnotations() != null);
        }
    }

    @Test
    void oneLeadsAtATimeAndTheNextFollows() throws InterruptedException {
        Key lease = key("leader");
        var lost = new CountDownLatch(1);
        var first = new LeaderElection(cluster, lease, "first", QUICK, lost::countDown);
        first.awaitLeading();
        assertEquals("first", holder(lease));
        try (var second = new LeaderElection(cluster, lease, "second", QUICK, lost::countDown)) {
            first.close();
            second.awaitLeading();
            assertEquals("second", holder(lease));
            assertEquals(1, lost.getCount());

            // Whoever takes the lease away: a third one, or a hand.
            Lease now = cluster.get(LEASE, lease).orElseThrow();
            cluster.patch(LEASE, lease, Patch.of(now).field("third", "spec", "holderIdentity").build());
            lost.await();
        }
    }

    private Pod pod(String name) {
        return new PodBuilder().withMetadata(Samples.named(key(name)).build()).withNewSpec().addNewContainer()
                .withName("main").withImage("none").endContainer().endSpec().build();
    }

    private String holder(Key lease) {
        return cluster.get(LEASE, lease).orElseThrow().getSpec().getHolderIdentity();
    }

    private Key key(String name) {
        return new Key(namespace, name);
    }

    private static String serverOf(ControlPlane controlPlane) {
        return controlPlane.connect().server();
    }

    /** The same server and the same rights, seen through a proxy. */
    private Connection through(CuttableProxy proxy) throws IOException {
        return Connection.of(Files.readString(controlPlane.kubeconfig()).replace(serverOf(controlPlane),
                "https://127.0.0.1:" + proxy.port()));
    }

    private static Connection connection(String server, String credentials) {
        return Connection.of("""
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: %s}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                """.formatted(server, credentials));
    }
}
