package io.datavolume.scenarios.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.Nginx;
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
    private static final String DATA_SOURCES = "datasources.cdi.kubevirt.io";

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
        keepDataSourceInAnOldVersion();
        Chart.onNode(node, "install", "cdi", "CHART", "--create-namespace");
        node.kubectl("wait", "--for=condition=Available", "--timeout=120s", "cdi/cdi");
        assertEquals("Deployed", node.kubectl("get", "cdi", "cdi", "-o", "jsonpath={.status.phase}"));
        assertEquals("False", condition("Degraded", "status"));
        assertEquals("DeployCompleted", condition("Available", "reason"));
        // The API server takes every object of a release, as a user who applies plain YAML hands it over.
        node.kubectl("apply", "--dry-run=server", "-f", Chart.release(folder.resolve("release")).toString());
    }

    /** As an installation of years ago left it: what the API server keeps is of a version that there is no more. */
    private void keepDataSourceInAnOldVersion() throws Exception {
        String old = node.shell("kubectl create --dry-run=client -o json -f "
                + Path.of("../../api/src/main/resources/crd/datasources.yaml").toAbsolutePath()
                + " | jq '.spec.versions[0] |= (.name = \"v1alpha1\" | .schema.openAPIV3Schema = {type: \"object\", "
                + "\"x-kubernetes-preserve-unknown-fields\": true} | del(.additionalPrinterColumns))'");
        node.kubectl("apply", "-f", Files.writeString(folder.resolve("old.json"), old).toString());
        node.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd/" + DATA_SOURCES);
        node.kubectl("apply", "-f", Files.writeString(folder.resolve("source.yaml"), """
                apiVersion: cdi.kubevirt.io/v1alpha1
                kind: DataSource
                metadata: {name: kept, namespace: default}
                spec: {source: {pvc: {name: golden, namespace: default}}}
                """).toString());
    }

    private String condition(String type, String field) throws Exception {
        return node.kubectl("get", "cdi", "cdi", "-o",
                "jsonpath={.status.conditions[?(@.type==\"" + type + "\")]." + field + "}");
    }

    @Test
    @Order(3)
    void dataVolumeBecomesADisk() throws Exception {
        dataVolume("first", "blank: {}");
        node.kubectl("wait", "--for=condition=Ready", "--timeout=60s", "dv/first");
        assertEquals("Succeeded", node.kubectl("get", "dv", "first", "-o", "jsonpath={.status.phase}"));
    }

    private void dataVolume(String name, String source) throws Exception {
        node.kubectl("apply", "-f", Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: %s, namespace: default}
                spec:
                  source: {%s}
                  storage:
                    accessModes: [ReadWriteOnce]
                    storageClassName: reflink
                    resources: {requests: {storage: 40Mi}}
                """.formatted(name, source)).toString());
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
    void objectsOfAnOldVersionAreKeptInTheNewOne() throws Exception {
        await(60, () -> node.kubectl("get", "crd", DATA_SOURCES, "-o", "jsonpath={.status.storedVersions}"
                + "{.spec.versions[*].name}").equals("[\"v1beta1\"]v1beta1"));
        assertEquals("golden", node.kubectl("-n", "default", "get", "datasource", "kept", "-o",
                "jsonpath={.spec.source.pvc.name}"));
    }

    @Test
    @Order(6)
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
    @Order(7)
    void resourceChangesWhatIsMade() throws Exception {
        node.kubectl("patch", "cdi", "cdi", "--type=merge", "-p", """
                {"spec":{"customizeComponents":{"patches":[{"resourceType":"Deployment","resourceName":"cdi-deployment",
                "type":"strategic","patch":"{\\"metadata\\":{\\"annotations\\":{\\"team\\":\\"storage\\"}}}"}]}}}""");
        await(40, () -> node.kubectl("-n", "cdi", "get", "deployment", "cdi-deployment", "-o",
                "jsonpath={.metadata.annotations.team}").equals("storage"));
        node.kubectl("patch", "cdi", "cdi", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/customizeComponents/patches/0/type\",\"value\":\"odd\"}]");
        await(40, () -> condition("Degraded", "message").contains("PatchType is not supported"));
        node.kubectl("patch", "cdi", "cdi", "--type=json", "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/customizeComponents\"}]");
        await(60, () -> condition("Degraded", "status").equals("False"));
        assertEquals("", node.kubectl("-n", "cdi", "get", "deployment", "cdi-deployment", "-o",
                "jsonpath={.metadata.annotations.team}"));
    }

    @Test
    @Order(8)
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
    @Order(9)
    void imageThatCannotBePulledIsNamed() throws Exception {
        node.kubectl("-n", "cdi", "set", "env", "deployment/cdi-operator", "CONTROLLER_IMAGE=example.invalid/cdi:none");
        await(90, () -> condition("Degraded", "message").contains("example.invalid/cdi:none"));
        node.kubectl("-n", "cdi", "set", "env", "deployment/cdi-operator", "CONTROLLER_IMAGE=" + Node.IMAGE);
        await(90, () -> condition("Degraded", "status").equals("False"));
    }

    @Test
    @Order(10)
    void permissionThatTheOperatorLacksIsNamed() throws Exception {
        Path saved = Files.writeString(folder.resolve("role.json"),
                Cdi.tool("bash", "-euc", "kubectl --kubeconfig \"$0\" get clusterrole cdi-operator-cluster -o json | "
                        + "jq 'del(.metadata.resourceVersion, .metadata.uid)'", node.plane().kubeconfig().toString()));
        node.kubectl("patch", "clusterrole", "cdi-operator-cluster", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/rules\",\"value\":[{\"apiGroups\":[\"cdi.kubevirt.io\"],"
                        + "\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}]");
        await(60, () -> condition("Degraded", "message").contains("cannot"));
        node.kubectl("replace", "-f", saved.toString());
        await(60, () -> condition("Degraded", "status").equals("False"));
    }

    @Test
    @Order(11)
    void importOutlivesTheControllerAndTheOperator() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        Path raw = served.resolve("disk.raw");
        Cdi.tool("sh", "-c", "head -c " + (24L << 20) + " /dev/urandom > " + raw);
        try (Nginx nginx = new Nginx(Node.HOST, Files.createDirectory(folder.resolve("nginx")), served, 1 << 20, "")) {
            dataVolume("outlives", "http: {url: \"" + nginx.url("disk.raw") + "\"}");
            await(60, () -> node.kubectl("get", "dv", "outlives", "-o",
                    "jsonpath={.status.conditions[?(@.type=='Running')].message}").contains("MiB"));
            for (String part : List.of("cdi.kubevirt.io=cdi-deployment", "name=cdi-operator")) {
                node.killJava(node.kubectl("-n", "cdi", "get", "pod", "-l", part, "-o",
                        "jsonpath={.items[0].metadata.uid}"));
            }
            node.kubectl("wait", "--for=condition=Ready", "--timeout=120s", "dv/outlives");
        }
        assertEquals("0", node.kubectl("get", "dv", "outlives", "-o", "jsonpath={.status.restartCount}"));
        node.kubectl("delete", "dv", "outlives", "--timeout=60s");
        await(60, () -> condition("Available", "status").equals("True"));
    }

    @Test
    @Order(12)
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
    @Order(13)
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
