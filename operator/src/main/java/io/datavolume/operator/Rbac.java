package io.datavolume.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datavolume.api.cluster.Serialization;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Roles from their files, and who has them. */
final class Rbac {

    static final String CONTROLLER_ACCOUNT = "cdi-sa";
    static final String METRICS_ACCOUNT = "cdi-metrics-reader";
    static final String OPERATOR_ACCOUNT = "cdi-operator";

    private static final String API = "rbac.authorization.k8s.io";

    private Rbac() {}

    /** Roles for the whole cluster, and their bindings. */
    static List<HasMetadata> clusterWide(String namespace) {
        List<HasMetadata> objects = new ArrayList<>(clusterRoles("roles").toList());
        objects.add(bound("cdi-sa", "cdi", namespace, CONTROLLER_ACCOUNT));
        objects.add(bound("cdi-metrics-reader", "cdi-metrics-reader", namespace, METRICS_ACCOUNT));
        objects.add(new ClusterRoleBindingBuilder().withNewMetadata().withName("cdi.kubevirt.io:config-reader")
                .endMetadata().withNewRoleRef(API, "ClusterRole", "cdi.kubevirt.io:config-reader")
                .addNewSubject(API, "Group", "system:authenticated", null)
                .addNewSubject(API, "Group", "system:serviceaccounts", null).build());
        return objects;
    }

    /** Roles of the installation's namespace, and their bindings. */
    static List<HasMetadata> namespaced(String namespace) {
        List<HasMetadata> objects = new ArrayList<>();
        roles("roles").forEach(role -> {
            role.getMetadata().setNamespace(namespace);
            objects.add(role);
        });
        objects.add(boundHere("cdi-deployment", namespace, CONTROLLER_ACCOUNT));
        return objects;
    }

    /** What the operator needs before it can make anything. */
    static List<HasMetadata> ofOperator(String namespace) {
        ClusterRole clusterRole = clusterRoles("operator").findFirst().orElseThrow();
        clusterRole.setRules(joined(clusterRole.getRules(), clusterRoles("roles").flatMap(r -> r.getRules().stream())));
        Role role = roles("operator").findFirst().orElseThrow();
        role.getMetadata().setNamespace(namespace);
        role.setRules(joined(role.getRules(), roles("roles").flatMap(r -> r.getRules().stream())));
        return List.of(clusterRole, bound("cdi-operator", "cdi-operator-cluster", namespace, OPERATOR_ACCOUNT), role,
                boundHere("cdi-operator", namespace, OPERATOR_ACCOUNT));
    }

    private static List<PolicyRule> joined(List<PolicyRule> own, Stream<PolicyRule> granted) {
        return Stream.concat(own.stream(), granted).distinct().toList();
    }

    private static HasMetadata bound(String name, String role, String namespace, String account) {
        return new ClusterRoleBindingBuilder().withNewMetadata().withName(name).endMetadata()
                .withNewRoleRef(API, "ClusterRole", role).withSubjects(new SubjectBuilder().withKind("ServiceAccount")
                        .withName(account).withNamespace(namespace).build())
                .build();
    }

    private static HasMetadata boundHere(String name, String namespace, String account) {
        return new RoleBindingBuilder().withNewMetadata().withName(name).withNamespace(namespace).endMetadata()
                .withNewRoleRef(API, "Role", name).withSubjects(new SubjectBuilder().withKind("ServiceAccount")
                        .withName(account).withNamespace(namespace).build())
                .build();
    }

    private static Stream<ClusterRole> clusterRoles(String file) {
        return documents(file).filter(text -> text.contains("kind: ClusterRole\n"))
                .map(text -> Serialization.OF_OBJECTS.unmarshal(text, ClusterRole.class));
    }

    private static Stream<Role> roles(String file) {
        return documents(file).filter(text -> text.contains("kind: Role\n"))
                .map(text -> Serialization.OF_OBJECTS.unmarshal(text, Role.class));
    }

    private static Stream<String> documents(String file) {
        try (InputStream in = Objects.requireNonNull(Rbac.class.getResourceAsStream("/rbac/" + file + ".yaml"))) {
            return Stream.of(new String(in.readAllBytes(), UTF_8).split("(?m)^---$"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
