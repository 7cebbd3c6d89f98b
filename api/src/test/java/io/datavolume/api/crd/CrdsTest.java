package io.datavolume.api.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.Shape;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CrdsTest {

    static final List<Kind<?>> KINDS = Kinds.OWN;

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @ParameterizedTest
    @FieldSource("KINDS")
    void definitionAndKindAgree(Kind<?> kind) {
        CustomResourceDefinition definition = Crds.of(kind);
        assertEquals(kind.plural() + "." + kind.group(), definition.getMetadata().getName());
        assertEquals(kind.group(), definition.getSpec().getGroup());
        assertEquals(kind.name(), definition.getSpec().getNames().getKind());
        assertEquals(kind.plural(), definition.getSpec().getNames().getPlural());
        assertEquals(kind.namespaced() ? "Namespaced" : "Cluster", definition.getSpec().getScope());
        CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getLast();
        assertEquals(kind.version(), version.getName());
        assertTrue(version.getServed() && version.getStorage());
        boolean status = version.getSubresources() != null && version.getSubresources().getStatus() != null;
        assertEquals(kind.statusSubresource(), status);
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void nothingIsLostOnTheWayToAnApiServer(Kind<?> kind) {
        assertEquals(tree(Crds.yaml(kind)), tree(YAML.asYaml(Crds.of(kind))));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void schemaAndRecordsHaveTheSameFields(Kind<?> kind) {
        SchemaNode root = SchemaNode.of(kind);
        root.child("spec").assertSameFields(Shape.part(kind.type(), 0));
        root.child("status").assertSameFields(Shape.part(kind.type(), 1));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void everyFieldIsDescribedAndRequiredFieldsExist(Kind<?> kind) {
        SchemaNode.of(kind).assertDescribed();
    }

    @Test
    void otherKindsHaveNoDefinition() {
        assertThrows(IllegalArgumentException.class, () -> Crds.of(Kinds.POD));
    }

    @SuppressWarnings("unchecked") // YAML objects are maps of strings
    private static Map<String, Object> tree(String text) {
        return YAML.unmarshal(text, Map.class);
    }
}
