package io.datavolume.scenarios.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.cluster.Node;
import io.datavolume.scenarios.cluster.OnNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From {@code helm install} to the last object's end, in this order. */
@Timeout(300)
@ExtendWith(OnNode.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallationTest {

    private static final long SECOND = 1000;

    @TempDir
    private Path folder;
    private final Node node;

    InstallationTest(Node node) {
        this.node = node;
    }

    @Test
    @Order(1)
    void chartIsSoundAndRefusesWrongValuesByName() throws Exception {
        assertTrue(Chart.helm("lint", "CHART").contains("0 chart(s) failed"));
        assertTrue(Chart.refusal("template", "CHART", "--set", "image.pullPolicy=Sometimes").contains("pullPolicy"));
        assertTrue(Chart.refusal("template", "CHART", "--set", "operator.verbose=3").contains("verbose"));
        assertTrue(
                Chart.refusal("template", "CHART", "--set", "cdi.uninstallStrategy=No").contains("uninstallStrategy"));
    }

    @Test
    @Order(2)
    void helmInstallsAndTheOperatorSaysWhenAllIsThere() throws Exception {
        node.forgetKinds();
        String chart = Chart.onNode(node, "template", "cdi", "CHART", "--include-crds");
        Chart.onNode(node, "install", "cdi", "CHART", "--create-namespace");
        node.kubectl("wait", "--for=condition=Available", "--timeout=120s", "cdi/cdi");
        assertEquals("Deployed", node.kubectl("get", "cdi", "cdi", "-o", "jsonpath={.status.phase}"));
        assertEquals("False", condition("Degraded", "status"));
        assertEquals("DeployCompleted", condition("Available", "reason"));
        // The API server takes every object of the chart, as a user who applies plain YAML hands it over.
        node.kubectl("apply", "--dry-run=server", "-f",
                Files.writeString(folder.resolve("all.yaml"), chart).toString());
    }

    private String condition(String type, String field) throws Exception {
        return node.kubectl("get", "cdi", "cdi", "-o",
                "jsonpath={.status.conditions[?(@.type==\"" + type + "\")]." + field + "}");
    }

    @Test
    @Order(3)
    void dataVolumeBecomesADisk() throws Exception {
        blank("first");
        node.kubectl("wait", "--for=condition=Ready", "--timeout=60s", "dv/first");
        assertEquals("Succeeded", node.kubectl("get", "dv", "first", "-o", "jsonpath={.status.phase}"));
    }

    private void blank(String name) throws Exception {
        node.kubectl("apply", "-f",
                Files.writeString(folder.resolve(name + ".yaml"),
                        """
                                apiVersion: cdi.kubevirt.io/v1beta1
                                kind: DataVolume
                                metadata: {name: %s, namespace: default}
                                spec:
                                  source: {blank: {}}
                                  storage: {accessModes: [ReadWriteOnce], storageClassName: reflink, resources: {requests: {storage: 40Mi}}}
                                """
                                .formatted(name))
                        .toString());
    }

    @Test
    @Order(4)
    void configurationIsPassedOnWithinASecond() throws Exception {
        String was = config();
        long start = System.nanoTime();
        node.kubectl("patch", "cdi", "cdi", "--type=merge", "-p",
                "{\"spec\":{\"config\":{\"insecureRegistries\":[\"registry.example.org\"]}}}");
        while (!config().contains("registry.example.org")) {
            assertTrue(System.nanoTime() - start < 5_000 * 1_000_000L, was);
            Thread.sleep(50);
        }
    }

    private String config() throws Exception {
        return node.kubectl("get", "cdiconfig", "config", "-o", "jsonpath={.spec}");
    }

    @Test
    @Order(5)
    void whatSomebodyChangesOrDeletesIsPutRight() throws Exception {
        node.kubectl("-n", "cdi", "delete", "service", "cdi-prometheus-metrics");
        node.kubectl("-n", "cdi", "scale", "deployment", "cdi-deployment", "--replicas=0");
        await(40, () -> node.kubectl("-n", "cdi", "get", "service", "-o", "name").contains("cdi-prometheus-metrics")
                && node.kubectl("-n", "cdi", "get", "deployment", "cdi-deployment", "-o", "jsonpath={.spec.replicas}")
                        .equals("1"));
        node.kubectl("wait", "--for=condition=Available", "--timeout=60s", "cdi/cdi");
        await(60, () -> condition("Degraded", "status").equals("False"));
    }

    @Test
    @Order(6)
    void secondResourceIsRefusedAndTheFirstIsLeftAlone() throws Exception {
        node.kubectl("apply", "-f", Files.writeString(folder.resolve("second.yaml"), """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: CDI
                metadata: {name: second}
                spec: {}
                """).toString());
        await(20, () -> node.kubectl("get", "cdi", "second", "-o", "jsonpath={.status.phase}").equals("Error"));
        assertTrue(node.kubectl("get", "cdi", "second", "-o", "json")
                .contains("Reconciling to error state, unwanted CDI object"));
        node.kubectl("delete", "cdi", "second", "--timeout=30s");
        assertEquals("True", condition("Available", "status"));
    }

    @Test
    @Order(7)
    void imageThatCannotBePulledIsNamed() throws Exception {
        node.kubectl("-n", "cdi", "set", "env", "deployment/cdi-operator", "CONTROLLER_IMAGE=example.invalid/cdi:none");
        await(90, () -> condition("Degraded", "message").contains("example.invalid/cdi:none"));
        node.kubectl("-n", "cdi", "set", "env", "deployment/cdi-operator", "CONTROLLER_IMAGE=" + Node.IMAGE);
        await(90, () -> condition("Degraded", "status").equals("False"));
    }

    @Test
    @Order(8)
    void permissionThatTheOperatorLacksIsNamed() throws Exception {
        Path saved = Files.writeString(folder.resolve("role.json"),
                Cdi.tool("bash", "-euc", "kubectl --kubeconfig \"$0\" get clusterrole cdi-operator-cluster -o json | "
                        + "jq 'del(.metadata.resourceVersion, .metadata.uid)'", node.kubeconfig().toString()));
        node.kubectl("patch", "clusterrole", "cdi-operator-cluster", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/rules\",\"value\":[{\"apiGroups\":[\"cdi.kubevirt.io\"],"
                        + "\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}]");
        await(60, () -> condition("Degraded", "message").contains("cannot"));
        node.kubectl("replace", "-f", saved.toString());
        await(60, () -> condition("Degraded", "status").equals("False"));
    }

    @Test
    @Order(9)
    void idleControllerIsSmall() throws Exception {
        String pod = node.kubectl("-n", "cdi", "get", "pod", "-l", "cdi.kubevirt.io=cdi-deployment", "-o",
                "jsonpath={.items[0].metadata.uid}");
        long pages = node.javaOf(pod).stream().mapToLong(InstallationTest::resident).max().orElseThrow();
        System.err.println("controller, idle: " + pages / 1024 + " MiB resident");
        assertTrue(pages <= 192 * 1024, pages + " KiB");
    }

    private static long resident(long process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    @Order(10)
    void uninstallWaitsForVolumesAndThenLeavesNothing() throws Exception {
        node.kubectl("delete", "cdi", "cdi", "--wait=false");
        await(20, () -> node.kubectl("get", "cdi", "cdi", "-o",
                "jsonpath={.status.conditions[?(@.type=='Progressing')].message}").contains("still 1 DataVolumes"));
        assertEquals("Deployed", node.kubectl("get", "cdi", "cdi", "-o", "jsonpath={.status.phase}"));
        assertEquals("Succeeded", node.kubectl("get", "dv", "first", "-o", "jsonpath={.status.phase}"));
        node.kubectl("delete", "dv", "first", "--timeout=60s");
        node.kubectl("wait", "--for=delete", "--timeout=90s", "cdi/cdi");
        await(60,
                () -> node.kubectl("get", "crd", "-o", "name").lines().filter(line -> line.contains("cdi.kubevirt.io"))
                        .toList()
                        .equals(List.of("customresourcedefinition.apiextensions.k8s.io/cdis.cdi.kubevirt.io")));
        await(60, () -> node.kubectl("-n", "cdi", "get", "deployment", "-o", "name").strip()
                .equals("deployment.apps/cdi-operator"));
        Chart.onNode(node, "uninstall", "cdi");
        assertFalse(node.kubectl("get", "clusterrole,clusterrolebinding", "-o", "name").contains("cdi"));
        node.kubectl("delete", "crd", "cdis.cdi.kubevirt.io");
        node.installKinds();
    }

    /** What may fail with anything. */
    private interface Look {
        boolean isSo() throws Exception;
    }

    private void await(int seconds, Look look) throws Exception {
        for (int i = 0; i < seconds * 4; i++) {
            if (look.isSo()) {
                return;
            }
            Thread.sleep(SECOND / 4);
        }
        throw new AssertionError("not so after " + seconds + " s:\n" + node.kubectl("get", "cdi", "-o", "yaml")
                + node.kubectl("-n", "cdi", "get", "all,events"));
    }
}
