package io.datavolume.standalone.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.standalone.objects.ApplyPlanner.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplyPlannerTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final String VOLUME = """
            apiVersion: cdi.kubevirt.io/v1beta1
            kind: DataVolume
            metadata: {name: disk, namespace: default, labels: {team: a}}
            spec: {source: {blank: {}}, storage: {resources: {requests: {storage: 1Gi}}}}
            """;
    private static final String MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ca, namespace: default}
            data: {one: "1", two: "2"}
            """;

    @SuppressWarnings("unchecked") // YAML of objects
    private static Manifest manifest(Kind<?> kind, String yaml) {
        return new Manifest("test", kind, SERIALIZATION.unmarshal(yaml, Map.class));
    }

    /** The object as a cluster holds it after that manifest was applied. */
    private static HasMetadata applied(Kind<?> kind, String yaml) {
        HasMetadata object = assertInstanceOf(Step.Create.class,
                ApplyPlanner.plan(manifest(kind, yaml), Optional.empty())).object();
        object.getMetadata().setUid("u1");
        return object;
    }

    @Test
    void objectThatIsNotThereIsCreatedAndRemembersItsManifest() {
        HasMetadata object = applied(Kinds.DATA_VOLUME, VOLUME);
        assertTrue(String.valueOf(object.getMetadata().getAnnotations().get(ApplyPlanner.LAST_APPLIED))
                .contains("\"team\":\"a\""));
    }

    @Test
    void sameManifestChangesNothing() {
        assertInstanceOf(Step.Unchanged.class, ApplyPlanner.plan(manifest(Kinds.DATA_VOLUME, VOLUME),
                Optional.of(applied(Kinds.DATA_VOLUME, VOLUME))));
    }

    @Test
    void fieldsThatTheManifestNoLongerHasAreRemovedAndThoseOfOthersStay() {
        HasMetadata there = applied(Kinds.CONFIG_MAP, MAP);
        there.getMetadata().setLabels(Map.of("somebody", "else"));
        Step.Change change = assertInstanceOf(Step.Change.class, ApplyPlanner.plan(
                manifest(Kinds.CONFIG_MAP, MAP.replace("one: \"1\", two: \"2\"", "one: \"3\"")), Optional.of(there)));
        Map<?, ?> data = assertInstanceOf(Map.class, change.body().get("data"));
        assertEquals("3", data.get("one"));
        assertTrue(data.containsKey("two") && data.get("two") == null, data.toString());
        Map<?, ?> metadata = assertInstanceOf(Map.class, change.body().get("metadata"));
        assertEquals("u1", metadata.get("uid"));
        assertFalse(metadata.containsKey("labels"), metadata.toString());
    }

    @Test
    void specOfADataVolumeCannotBeChanged() {
        Step.Refused refused = assertInstanceOf(Step.Refused.class,
                ApplyPlanner.plan(manifest(Kinds.DATA_VOLUME, VOLUME.replace("1Gi", "2Gi")),
                        Optional.of(applied(Kinds.DATA_VOLUME, VOLUME))));
        assertEquals("spec.storage.resources.requests.storage: Cannot update DataVolume Spec",
                refused.why().toString());
    }

    @Test
    void objectThatIsBeingDeletedIsNotChanged() {
        HasMetadata there = applied(Kinds.CONFIG_MAP, MAP);
        there.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertInstanceOf(Step.Refused.class, ApplyPlanner.plan(manifest(Kinds.CONFIG_MAP, MAP), Optional.of(there)));
    }

    @Test
    void secretIsNotRepeatedInAnAnnotation() {
        HasMetadata secret = applied(Kinds.SECRET, """
                apiVersion: v1
                kind: Secret
                metadata: {name: s, namespace: default}
                stringData: {password: hidden}
                """);
        assertFalse(SERIALIZATION.asJson(secret.getMetadata()).contains("hidden"));
    }
}
