package io.datavolume.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is put right, and what is left to others. */
class DriftTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static Deployment deployment(String metadata, String spec) {
        return YAML.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: x, %s}
                spec: {%s}
                """.formatted(metadata, spec), Deployment.class);
    }

    @Test
    void whatOthersAddedAndDefaultsAreNoDrift() {
        Deployment wanted = deployment("labels: {a: b}", "replicas: 1, template: {spec: {containers: [{name: c}]}}");
        Deployment found = deployment("labels: {a: b, user: x}, resourceVersion: '7', uid: u",
                "replicas: 1, revisionHistoryLimit: 10, template: {spec: {dnsPolicy: ClusterFirst, containers: "
                        + "[{name: c, imagePullPolicy: Always}]}}");
        assertEquals(Map.of(), Drift.between(Drift.remembered(wanted), wanted, found));
    }

    @Test
    void whatSomebodyChangedIsPutBack() {
        Deployment wanted = deployment("labels: {a: b}", "replicas: 1");
        Deployment found = deployment("labels: {a: other}", "replicas: 3");
        assertEquals(Map.of("metadata", Map.of("labels", Map.of("a", "b")), "spec", Map.of("replicas", 1)),
                Drift.between(Drift.remembered(wanted), wanted, found));
    }

    @Test
    void whatIsNoLongerWantedGoes() {
        Deployment before = deployment("labels: {a: b, old: x}", "replicas: 1, paused: true");
        Deployment wanted = deployment("labels: {a: b}", "replicas: 1");
        Map<String, Object> labels = new HashMap<>();
        labels.put("old", null);
        Map<String, Object> spec = new HashMap<>();
        spec.put("paused", null);
        assertEquals(Map.of("metadata", Map.of("labels", labels), "spec", spec),
                Drift.between(Drift.remembered(before), wanted, before));
    }

    @Test
    void listThatDiffersIsWrittenWhole() {
        Deployment wanted = deployment("labels: {}", "template: {spec: {tolerations: [{key: a}, {key: b}]}}");
        Deployment found = deployment("labels: {}", "template: {spec: {tolerations: [{key: a}]}}");
        assertEquals(Map.of("spec", Map.of("template", Map.of("spec",
                Map.of("tolerations", List.of(Map.of("key", "a"), Map.of("key", "b")))))),
                Drift.between(null, wanted, found));
    }
}
