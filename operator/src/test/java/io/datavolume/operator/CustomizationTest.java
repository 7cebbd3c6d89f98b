package io.datavolume.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomizationTest {

    private static List<HasMetadata> plan(String customize) {
        return Plans.of("customizeComponents:\n" + customize.indent(2), Facts.NONE);
    }

    @Test
    void flagsOfTheControllerFollowItsOwn() {
        Deployment deployment = Plans.deployment(plan("flags: {controller: {v: '5', server: 'https://a'}}"));
        assertEquals(List.of("@/app/controller", "-v=1", "-server", "https://a", "-v", "5"),
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs());
        assertTrue(Annotations.of(deployment, Annotations.CUSTOMIZER_IDENTIFIER).orElseThrow().matches("[0-9a-f]{40}"));
    }

    @Test
    void patchesChangeWhatTheyNameAndNothingElse() {
        List<HasMetadata> objects = plan(
                """
                        patches:
                        - {resourceType: deployment, resourceName: cdi-deployment, type: strategic, patch: '{"spec":{"template":{"spec":{"containers":[{"name":"cdi-controller","resources":{"limits":{"memory":"1Gi"}}}]}}}}'}
                        - {resourceType: '*', resourceName: cdi-deployment, type: merge, patch: '{"metadata":{"labels":{"team":"a"}}}'}
                        - {resourceType: Role, resourceName: '*', type: json, patch: '[{"op":"remove","path":"/rules"}]'}
                        """);
        Deployment deployment = Plans.deployment(objects);
        var container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertEquals(new Quantity("1Gi"), container.getResources().getLimits().get("memory"));
        assertEquals(new Quantity("100m"), container.getResources().getRequests().get("cpu"));
        assertEquals("a", deployment.getMetadata().getLabels().get("team"));
        assertFalse(objects.stream().filter(object -> object != deployment)
                .anyMatch(object -> Annotations.has(object, Annotations.CUSTOMIZER_IDENTIFIER)));
    }

    @Test
    void patchThatCannotBeAppliedIsNamed() {
        assertEquals("spec.customizeComponents: the odd patch of Deployment cdi-deployment cannot be applied to "
                + "Deployment cdi-deployment: PatchType is not supported",
                assertThrows(IllegalArgumentException.class,
                        () -> plan("patches: [{resourceType: Deployment, resourceName: cdi-deployment, type: odd, "
                                + "patch: '{}'}]"))
                        .getMessage());
    }
}
