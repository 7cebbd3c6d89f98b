package io.datavolume.operator;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;

/** The kinds that an installation consists of. */
final class InstalledKinds {

    private static final String RBAC = "rbac.authorization.k8s.io";

    static final Kind<CustomResourceDefinition> DEFINITION = new Kind<>(CustomResourceDefinition.class,
            "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false, true);
    static final Kind<ClusterRole> CLUSTER_ROLE = new Kind<>(ClusterRole.class, RBAC, "v1", "ClusterRole",
            "clusterroles", false, false);
    static final Kind<ClusterRoleBinding> CLUSTER_ROLE_BINDING = new Kind<>(ClusterRoleBinding.class, RBAC, "v1",
            "ClusterRoleBinding", "clusterrolebindings", false, false);
    static final Kind<Role> ROLE = new Kind<>(Role.class, RBAC, "v1", "Role", "roles", true, false);
    static final Kind<RoleBinding> ROLE_BINDING = new Kind<>(RoleBinding.class, RBAC, "v1", "RoleBinding",
            "rolebindings", true, false);
    static final Kind<ServiceAccount> SERVICE_ACCOUNT = new Kind<>(ServiceAccount.class, "", "v1", "ServiceAccount",
            "serviceaccounts", true, false);
    static final Kind<Service> SERVICE = new Kind<>(Service.class, "", "v1", "Service", "services", true, true);
    static final Kind<Deployment> DEPLOYMENT = new Kind<>(Deployment.class, "apps", "v1", "Deployment", "deployments",
            true, true);
    static final Kind<PriorityClass> PRIORITY_CLASS = new Kind<>(PriorityClass.class, "scheduling.k8s.io", "v1",
            "PriorityClass", "priorityclasses", false, false);
    /** Of the validator of data sources, which a cluster need not have. */
    static final Kind<GenericKubernetesResource> VOLUME_POPULATOR = new Kind<>(GenericKubernetesResource.class,
            "populator.storage.k8s.io", "v1beta1", "VolumePopulator", "volumepopulators", false, false);

    private static final List<Kind<?>> ALL = List.of(DEFINITION, CLUSTER_ROLE, CLUSTER_ROLE_BINDING, ROLE,
            ROLE_BINDING, SERVICE_ACCOUNT, SERVICE, DEPLOYMENT, VOLUME_POPULATOR, Kinds.CONFIG_MAP);

    private InstalledKinds() {}

    /** The kind of an object that is to be installed. */
    @SuppressWarnings("unchecked") // the kind is found by what the object says of itself
    static <T extends HasMetadata> Kind<T> of(T object) {
        return (Kind<T>) ALL.stream().filter(kind -> kind.name().equals(object.getKind())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing of kind " + object.getKind()
                        + " is installed"));
    }
}
