package io.datavolume.operator;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.crd.Crds;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.OperatorNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All objects of an installation: the single source of every manifest, for the operator, the chart and {@code cdi
 * manifests}. In the order in which they are made.
 */
public final class InstallPlanner {

    private static final String METRICS_SERVICE = "cdi-prometheus-metrics";
    private static final int METRICS_PORT = 8443;
    private static final List<String> POPULATORS = List.of("VolumeImportSource", "VolumeCloneSource",
            "VolumeUploadSource");
    private static final List<String> OTHER_POPULATORS = List.of("OpenstackVolumePopulator", "OvirtVolumePopulator");

    private InstallPlanner() {}

    /**
     * What is wanted for a CDI resource; each object bears the labels of an installation and is owned by the resource.
     *
     * @throws IllegalArgumentException when the resource changes an object in a way that is not possible
     */
    public static List<HasMetadata> objects(Cdi cdi, OperatorSettings settings, Facts facts) {
        List<HasMetadata> objects = new ArrayList<>();
        if (settings.clusterResources()) {
            // The operator's own kind comes with the operator.
            Crds.all().stream().filter(crd -> !crd.getSpec().getNames().getKind().equals(Kinds.CDI.name()))
                    .forEach(objects::add);
            objects.addAll(Rbac.clusterWide(settings.namespace()));
        }
        for (String account : List.of(Rbac.CONTROLLER_ACCOUNT, Rbac.METRICS_ACCOUNT)) {
            objects.add(new ServiceAccountBuilder().withNewMetadata().withName(account)
                    .withNamespace(settings.namespace()).endMetadata().build());
        }
        objects.addAll(Rbac.namespaced(settings.namespace()));
        objects.add(new ServiceBuilder().withNewMetadata().withName(METRICS_SERVICE)
                .withNamespace(settings.namespace()).addToLabels(Labels.PROMETHEUS, "true").endMetadata()
                .withNewSpec().addToSelector(Labels.PROMETHEUS, "true").addNewPort().withName("metrics")
                .withPort(METRICS_PORT).withTargetPort(new IntOrString("metrics")).withProtocol("TCP").endPort()
                .endSpec().build());
        objects.add(ControllerDeployment.of(cdi, settings, facts));
        if (facts.hasVolumePopulators()) {
            POPULATORS.forEach(kind -> objects.add(populator(kind, Kinds.GROUP)));
            OTHER_POPULATORS.forEach(kind -> objects.add(populator(kind, Kinds.FORKLIFT_GROUP)));
        }
        objects.forEach(object -> mark(object, cdi, settings));
        return Customization.apply(cdi, List.copyOf(objects));
    }

    /** What the operator itself needs, but its own deployment. */
    public static List<HasMetadata> ofOperator(String namespace) {
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(Crds.of(Kinds.CDI));
        objects.add(new ServiceAccountBuilder().withNewMetadata().withName(Rbac.OPERATOR_ACCOUNT)
                .withNamespace(namespace).endMetadata().build());
        objects.addAll(Rbac.ofOperator(namespace));
        objects.forEach(object -> object.getMetadata()
                .setLabels(with(object.getMetadata().getLabels(), Map.of("operator." + Labels.COMPONENT, ""))));
        return List.copyOf(objects);
    }

    /** So that the validator of data sources knows that somebody fills claims from them. */
    private static HasMetadata populator(String kind, String group) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(InstalledKinds.VOLUME_POPULATOR.apiVersion()).withKind("VolumePopulator")
                .withNewMetadata().withName(kind.toLowerCase(Locale.ROOT)).endMetadata()
                .withAdditionalProperties(Map.of("sourceKind", Map.of("group", group, "kind", kind))).build();
    }

    private static void mark(HasMetadata object, Cdi cdi, OperatorSettings settings) {
        Map<String, String> labels = new HashMap<>(installer(cdi, settings));
        labels.put(Labels.COMPONENT, "");
        labels.put(OperatorNames.CREATE_VERSION, settings.version());
        labels.putAll(with(object.getMetadata().getLabels(), Map.of()));
        object.getMetadata().setLabels(labels);
        if (cdi.getMetadata().getUid() != null) {
            object.getMetadata().setOwnerReferences(List.of(Owners.controller(cdi)));
        }
    }

    /** Labels of who installs; those of the CDI resource count. */
    static Map<String, String> installer(Cdi cdi, OperatorSettings settings) {
        Map<String, String> labels = settings.installer().labels(Labels.MANAGED_BY_OPERATOR);
        for (String name : List.of(Labels.PART_OF, Labels.VERSION)) {
            Labels.of(cdi, name).ifPresent(value -> labels.put(name, value));
        }
        return labels;
    }

    private static Map<String, String> with(@Nullable Map<String, String> labels,
            Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        if (labels != null) {
            all.putAll(labels);
        }
        return all;
    }
}
