package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.OnKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a real API server. */
@ExtendWith(OnKubernetes.class)
class KubernetesDataVolumesTest extends DataVolumeScenarios {

    @TempDir
    private Path folder;
    private final ControlPlane plane;

    KubernetesDataVolumesTest(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    Bed open() {
        return new KubernetesBed(plane);
    }

    @Test
    void claimBeyondTheQuotaIsMadeWhenThereIsRoom() throws Exception {
        Story story = story("large");
        ResourceQuota quota = story.create(ControlPlane.QUOTA, """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: storage}
                spec: {hard: {requests.storage: 1Mi}}
                """);
        story.await("the quota counts", () -> bed.cluster().get(ControlPlane.QUOTA, Key.of(quota))
                .filter(found -> found.getStatus() != null && !found.getStatus().getHard().isEmpty()).isPresent());
        importing("large", Image.DISK, Bed.CSI);
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.EXCEEDED_QUOTA).awaitPhase(Phase.PENDING);
        assertEquals(Reasons.EXCEEDED_QUOTA, story.condition(ConditionTypes.BOUND).reason());
        bed.cluster().patch(ControlPlane.QUOTA, Key.of(quota),
                Patch.of(quota).field("1Gi", "spec", "hard", "requests.storage").build());
        story.awaitPhase(Phase.SUCCEEDED);
    }

    @Test
    void kubectlShowsExplainsAndWaits() throws Exception {
        Path manifest = Files.writeString(folder.resolve("dv.yaml"), """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: shown}
                spec:
                  source: {blank: {}}
                  storage: {accessModes: [ReadWriteOnce], storageClassName: %s, resources: {requests: {storage: 1Mi}}}
                """.formatted(Bed.CSI));
        assertEquals("datavolume.cdi.kubevirt.io/shown created\n",
                kubectl("-n", namespace, "apply", "-f", manifest.toString()));
        kubectl("-n", namespace, "wait", "--for=condition=Ready", "--timeout=60s", "dv/shown");
        assertTrue(kubectl("-n", namespace, "get", "dv")
                .matches("(?s)NAME +PHASE +PROGRESS +RESTARTS +AGE\nshown +Succeeded +100.0% .*"));
        assertEquals("datavolume.cdi.kubevirt.io/shown unchanged\n",
                kubectl("-n", namespace, "apply", "-f", manifest.toString()));
        assertTrue(kubectl("explain", "dv.spec.source.http.url").contains("URL"));
        assertFalse(kubectl("explain", "dv", "--recursive").contains("<empty>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void scratchSpaceThatAWorkerAsksForIsMadeAndGoesWithIt(String storageClass) throws Exception {
        Story story = importing("tail", Image.TAIL, storageClass).awaitPhase(Phase.SUCCEEDED);
        story.awaitOneClaim().awaitGone(Kinds.POD);
    }

    @Test
    void workerIsWhatAdministratorsAndTheirPoliciesExpect() throws Exception {
        Story story = story("seen");
        kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        importing("seen", Image.SLOW, Bed.CSI, annotation("v1.multus-cni.io/default-network", "bridge-network"));
        story.awaitReason(ConditionTypes.RUNNING, Reasons.POD_RUNNING);
        Pod pod = bed.cluster().list(Kinds.POD, Selection.in(namespace)).getFirst();
        assertEquals("importer-prime-" + story.claim().getMetadata().getUid(), pod.getMetadata().getName());
        assertEquals("bridge-network", pod.getMetadata().getAnnotations().get("v1.multus-cni.io/default-network"));
        assertEquals("false", pod.getMetadata().getAnnotations().get("sidecar.istio.io/inject"));
        assertEquals("containerized-data-importer", pod.getMetadata().getLabels().get("app"));
        assertEquals("100m", String.valueOf(
                pod.getSpec().getContainers().getFirst().getResources().getRequests().get("cpu")));
        assertEquals(false, pod.getSpec().getAutomountServiceAccountToken());
        bed.release();
        story.awaitPhase(Phase.SUCCEEDED);
    }

    private String kubectl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", plane.kubeconfig().toString()));
        command.addAll(List.of(words));
        return Cdi.tool(command.toArray(String[]::new));
    }
}
