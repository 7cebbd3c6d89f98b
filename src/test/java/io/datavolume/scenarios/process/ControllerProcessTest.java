package io.datavolume.scenarios.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.OnKubernetes;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The controller as a process beside a real API server. */
@ExtendWith(OnKubernetes.class)
class ControllerProcessTest {

    private static final String LEADS = "All reconcilers run";

    private final ControlPlane plane;
    private final List<Controller> started = new ArrayList<>();
    @TempDir
    private Path folder;

    ControllerProcessTest(ControlPlane plane) {
        this.plane = plane;
    }

    private Controller start(String name) throws IOException {
        Controller controller = new Controller(plane.kubeconfig(), folder, name, Map.of());
        started.add(controller);
        return controller;
    }

    @AfterEach
    void stop() {
        started.forEach(Controller::close);
        plane.remove(Kinds.STORAGE_CLASS, "measured");
        plane.remove(Kinds.STORAGE_PROFILE, "measured");
        plane.remove(Kinds.CDI_CONFIG, "config");
    }

    @Test
    void itServesItsMetricsToWhomTheClusterLetsReadThem() throws Exception {
        plane.cluster().create(Kinds.STORAGE_CLASS, new StorageClassBuilder().withNewMetadata().withName("measured")
                .endMetadata().withProvisioner("csi.example.org").build());
        Controller controller = start("metrics");
        controller.awaitSaid(LEADS);
        assertEquals(200, controller.health("/healthz"));
        assertEquals(200, controller.health("/readyz"));
        assertEquals("401", metrics(controller, "").status());
        assertEquals("401", metrics(controller, "nobody's").status());
        assertEquals("403", metrics(controller, token(false)).status());
        Answer answer = metrics(controller, token(true));
        assertEquals("200", answer.status());
        assertTrue(answer.text().contains("\nkubevirt_cdi_datavolume_pending 0\n"), answer.text());
        assertTrue(answer.text().contains("provisioner=\"csi.example.org\",rwx=\"false\",smartclone=\"false\","
                + "storageclass=\"measured\",virtdefault=\"false\"} 1\n"), answer.text());
        assertTrue(answer.text().contains("workqueue_depth{name=\"import-controller\"}"), answer.text());
    }

    @Test
    void anotherOneIsReadyAndLeadsAsSoonAsTheFirstIsToEnd() throws Exception {
        Controller first = start("first");
        first.awaitSaid(LEADS);
        Controller second = start("second");
        second.awaitSaid("is held by first_");
        assertEquals(200, second.health("/readyz"));
        assertTrue(Files.exists(second.readyFile()));
        assertFalse(second.said().contains(LEADS), second.said());
        assertEquals(128 + 15, first.end(true));
        assertFalse(Files.exists(first.readyFile()));
        second.awaitSaid(LEADS);
    }

    @Test
    void aProcessThatCannotStartSaysWhatToSet() throws Exception {
        Controller controller = new Controller(plane.kubeconfig(), folder, "refused",
                Map.of("PULL_POLICY", "Sometimes"));
        started.add(controller);
        assertEquals(2, controller.end(false));
        assertEquals("cdi-controller: the environment variable PULL_POLICY is 'Sometimes', which is none of Always, "
                + "IfNotPresent, Never\n", controller.said());
    }

    private record Answer(String status, String text) {}

    /** By curl, which can be told not to verify. */
    private Answer metrics(Controller controller, String token) throws Exception {
        Path body = folder.resolve("metrics.txt");
        List<String> command = new ArrayList<>(List.of("curl", "-sk", "-m", "20", "-o", body.toString(), "-w",
                "%{http_code}", "https://127.0.0.1:" + controller.metricsPort() + "/metrics"));
        if (!token.isEmpty()) {
            command.addAll(List.of("-H", "Authorization: Bearer " + token));
        }
        Process curl = new ProcessBuilder(command).start();
        String status = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, curl.waitFor());
        return new Answer(status, Files.readString(body));
    }

    /** Token of a service account. */
    private String token(boolean mayRead) {
        String name = mayRead ? "metrics-reader" : "nobody";
        try (KubernetesClient client = plane.client()) {
            client.load(new ByteArrayInputStream(("""
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: %1$s, namespace: default}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRole
                    metadata: {name: %1$s}
                    rules: [{nonResourceURLs: [%2$s], verbs: [get]}]
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRoleBinding
                    metadata: {name: %1$s}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                    subjects: [{kind: ServiceAccount, name: %1$s, namespace: default}]
                    """.formatted(name, mayRead ? "/metrics" : "/other"))
                    .getBytes(StandardCharsets.UTF_8))).serverSideApply();
            return client.serviceAccounts().inNamespace("default").withName(name)
                    .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build()).getStatus().getToken();
        }
    }
}
