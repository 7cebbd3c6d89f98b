package io.datavolume.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a CDI resource and an environment come to. */
class InstallPlannerTest {

    @Test
    void elevenKindsAreDefinedAndTheTwelfthComesWithTheOperator() {
        assertEquals(11, Plans.of("{}", Facts.NONE).stream()
                .filter(object -> object.getKind().equals("CustomResourceDefinition")).count());
        assertTrue(InstallPlanner.ofOperator("cdi").stream()
                .anyMatch(object -> object.getMetadata().getName().equals("cdis.cdi.kubevirt.io")));
    }

    @Test
    void everyObjectIsOwnedAndBearsTheLabelsOfWhoInstalls() {
        for (HasMetadata object : Plans.of("{}", Facts.NONE)) {
            String name = object.getMetadata().getName();
            assertEquals("1-2-3", object.getMetadata().getOwnerReferences().getFirst().getUid(), name);
            assertEquals("virtualization", object.getMetadata().getLabels().get("app.kubernetes.io/part-of"), name);
            assertEquals("cdi-operator", object.getMetadata().getLabels().get("app.kubernetes.io/managed-by"), name);
            assertTrue(object.getMetadata().getLabels().containsKey("cdi.kubevirt.io"), name);
        }
    }

    @Test
    void nothingOfTheClusterIsMadeWhereSomebodyElseMakesIt() {
        assertTrue(InstallPlanner.objects(Plans.cdi("{}"), Plans.settings(false), Facts.NONE).stream()
                .allMatch(object -> "cdi".equals(object.getMetadata().getNamespace())));
    }

    @Test
    void resourceDecidesWhereHowOftenAndHowLoudTheControllerRuns() {
        Deployment deployment = Plans.deployment(Plans.of("""
                imagePullPolicy: IfNotPresent
                priorityClass: important
                infra: {deploymentReplicas: 2, nodeSelector: {zone: a}}
                config: {logVerbosity: 4, imagePullSecrets: [{name: registry}]}
                """, new Facts(Set.of("important"), false)));
        var pod = deployment.getSpec().getTemplate().getSpec();
        assertEquals(2, deployment.getSpec().getReplicas());
        assertEquals(Map.of("zone", "a"), pod.getNodeSelector());
        assertEquals("important", pod.getPriorityClassName());
        assertEquals("registry", pod.getImagePullSecrets().getFirst().getName());
        assertEquals(List.of("@/app/controller", "-v=4"), pod.getContainers().getFirst().getArgs());
        assertEquals("IfNotPresent", pod.getContainers().getFirst().getImagePullPolicy());
    }

    @Test
    void priorityClassThatIsNotThereIsLeftOut() {
        assertEquals(null,
                Plans.deployment(Plans.of("{priorityClass: none}", Facts.NONE)).getSpec().getTemplate().getSpec()
                        .getPriorityClassName());
    }

    @Test
    void populatorsAreRegisteredWhereTheirKindIsThere() {
        assertEquals(List.of("volumeimportsource", "volumeclonesource", "volumeuploadsource",
                "openstackvolumepopulator", "ovirtvolumepopulator"),
                Plans.of("{}", new Facts(Set.of(), true)).stream()
                        .filter(object -> object.getKind().equals("VolumePopulator"))
                        .map(object -> object.getMetadata().getName()).toList());
    }

    @Test
    void operatorHasEveryRightThatItGrants() {
        List<HasMetadata> own = InstallPlanner.ofOperator("cdi");
        List<HasMetadata> granted = Plans.of("{}", Facts.NONE);
        assertTrue(rules(own, ClusterRole.class, ClusterRole::getRules).toList()
                .containsAll(rules(granted, ClusterRole.class, ClusterRole::getRules).toList()));
        assertTrue(rules(own, Role.class, Role::getRules).toList()
                .containsAll(rules(granted, Role.class, Role::getRules).toList()));
    }

    private static <T> Stream<PolicyRule> rules(List<HasMetadata> objects, Class<T> type,
            Function<T, List<PolicyRule>> rules) {
        return objects.stream().filter(type::isInstance).map(type::cast).flatMap(role -> rules.apply(role).stream());
    }

    @Test
    void controllerMayReadLogsAndNoSecretOfUsers() {
        ClusterRole role = (ClusterRole) Plans.of("{}", Facts.NONE).stream().filter(ClusterRole.class::isInstance)
                .filter(object -> object.getMetadata().getName().equals("cdi")).findFirst().orElseThrow();
        assertTrue(role.getRules().stream().anyMatch(rule -> rule.getResources().equals(List.of("pods/log"))
                && rule.getVerbs().equals(List.of("get"))));
        assertFalse(role.getRules().stream().anyMatch(rule -> rule.getResources().contains("secrets")
                && rule.getVerbs().contains("get")));
    }

    @Test
    void everythingThatTheEnvironmentLacksIsNamedAtOnce() {
        var refused = assertThrows(IllegalArgumentException.class,
                () -> OperatorSettings.of(Map.of("CONTROLLER_IMAGE", "a", "VERBOSITY", "1"), "cdi"));
        assertEquals("the environment of the operator lacks IMPORTER_IMAGE, CLONER_IMAGE, APISERVER_IMAGE, "
                + "UPLOAD_SERVER_IMAGE, UPLOAD_PROXY_IMAGE, OPERATOR_VERSION, PULL_POLICY; its deployment sets them, "
                + "see docs/installation.md", refused.getMessage());
    }
}
