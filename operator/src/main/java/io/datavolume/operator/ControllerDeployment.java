package io.datavolume.operator;

import io.fabric8.kubernetes.api.model.Affinity;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfigSpec;
import io.datavolume.api.v1beta1.CdiSpec;
import io.datavolume.api.v1beta1.Infra;
import io.datavolume.api.wire.Labels;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code cdi-deployment}: the process with all reconcilers. */
final class ControllerDeployment {

    static final String NAME = "cdi-deployment";

    private static final String PRIORITY_CLASS = "kubevirt-cluster-critical";
    private static final int METRICS_PORT = 8443;
    private static final int HEALTH_PORT = 8444;

    private ControllerDeployment() {}

    static Deployment of(Cdi cdi, OperatorSettings settings, Facts facts) {
        Optional<CdiSpec> spec = Optional.ofNullable(cdi.getSpec());
        Optional<Infra> infra = spec.map(CdiSpec::infra);
        Optional<CdiConfigSpec> config = spec.map(CdiSpec::config);
        Map<String, String> selector = Map.of(Labels.COMPONENT, NAME);
        Map<String, String> labels = new HashMap<>(InstallPlanner.installer(cdi, settings));
        labels.putAll(selector);
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.PROMETHEUS, "true");
        labels.put(Labels.ALLOW_CLUSTER_SERVICES, "true");

        PodSpecBuilder pod = new PodSpecBuilder().withServiceAccountName(Rbac.CONTROLLER_ACCOUNT)
                .withNewSecurityContext().withRunAsNonRoot(true).withNewSeccompProfile().withType("RuntimeDefault")
                .endSeccompProfile().endSecurityContext()
                .withContainers(container(settings, config, spec))
                .addNewVolume().withName("tmp").withNewEmptyDir().endEmptyDir().endVolume()
                .withAffinity(infra.map(Infra::affinity).orElseGet(() -> apart(selector)))
                .withNodeSelector(infra.map(Infra::nodeSelector).orElse(Map.of()))
                .withTolerations(infra.map(Infra::tolerations).orElse(List.of()))
                .withImagePullSecrets(config.map(CdiConfigSpec::imagePullSecrets).orElse(List.of()));
        String priority = spec.map(CdiSpec::priorityClass).filter(name -> !name.isEmpty()).orElse(PRIORITY_CLASS);
        if (facts.priorityClasses().contains(priority)) {
            pod.withPriorityClassName(priority);
        }
        return new DeploymentBuilder().withNewMetadata().withName(NAME).withNamespace(settings.namespace())
                .withLabels(labels).endMetadata().withNewSpec()
                .withReplicas(infra.map(Infra::deploymentReplicas).filter(count -> count > 1).orElse(1))
                .withNewSelector().withMatchLabels(selector).endSelector().withNewTemplate().withNewMetadata()
                .withLabels(labels).addToAnnotations("openshift.io/required-scc", "restricted-v2").endMetadata()
                .withSpec(pod.build()).endTemplate().endSpec().build();
    }

    private static Container container(OperatorSettings settings, Optional<CdiConfigSpec> config,
            Optional<CdiSpec> spec) {
        String policy = spec.map(CdiSpec::imagePullPolicy).filter(given -> !given.isEmpty())
                .orElse(settings.pullPolicy());
        String verbosity = config.map(CdiConfigSpec::logVerbosity).map(Object::toString).orElse(settings.verbosity());
        return new ContainerBuilder().withName("cdi-controller").withImage(settings.images().controller())
                .withImagePullPolicy(policy).withArgs("@/app/controller", "-v=" + verbosity)
                .withEnv(environment(settings, policy))
                .addNewPort().withName("metrics").withContainerPort(METRICS_PORT).withProtocol("TCP").endPort()
                .withNewReadinessProbe().withNewHttpGet().withPath("/readyz").withNewPort(HEALTH_PORT).endHttpGet()
                .withInitialDelaySeconds(2).withPeriodSeconds(5).withTimeoutSeconds(5).endReadinessProbe()
                .withNewLivenessProbe().withNewHttpGet().withPath("/healthz").withNewPort(HEALTH_PORT).endHttpGet()
                .withInitialDelaySeconds(15).withPeriodSeconds(20).withTimeoutSeconds(10).endLivenessProbe()
                .withNewResources().addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity("150Mi")).endResources()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .addNewVolumeMount().withName("tmp").withMountPath("/tmp").endVolumeMount()
                .withNewSecurityContext().withAllowPrivilegeEscalation(false).withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true).withNewCapabilities().withDrop("ALL").endCapabilities()
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile().endSecurityContext()
                .build();
    }

    private static List<EnvVar> environment(OperatorSettings settings, String policy) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(new EnvVar("IMPORTER_IMAGE", settings.images().importer(), null));
        environment.add(new EnvVar("CLONER_IMAGE", settings.images().cloner(), null));
        environment.add(new EnvVar("UPLOADSERVER_IMAGE", settings.images().uploadServer(), null));
        environment.add(new EnvVar("UPLOADPROXY_SERVICE", "cdi-uploadproxy", null));
        environment.add(new EnvVar("PULL_POLICY", policy, null));
        settings.denied().ifPresent(ranges -> environment.add(new EnvVar("IMPORT_DENIED_ADDRESSES", ranges, null)));
        environment.add(field("POD_NAMESPACE", "metadata.namespace"));
        environment.add(field("INSTALLER_PART_OF_LABEL", "metadata.labels['" + Labels.PART_OF + "']"));
        environment.add(field("INSTALLER_VERSION_LABEL", "metadata.labels['" + Labels.VERSION + "']"));
        return environment;
    }

    private static EnvVar field(String name, String path) {
        // The version is written, since the API server would, and the two would differ.
        return new EnvVarBuilder().withName(name).withNewValueFrom().withNewFieldRef("v1", path).endValueFrom()
                .build();
    }

    /** Replicas rather on different nodes. */
    private static Affinity apart(Map<String, String> selector) {
        return new AffinityBuilder().withNewPodAntiAffinity().addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(1).withNewPodAffinityTerm().withNewLabelSelector().withMatchLabels(selector)
                .endLabelSelector().withTopologyKey("kubernetes.io/hostname").endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution().endPodAntiAffinity().build();
    }

    /** Whether all of its replicas are there in their latest form. */
    static boolean isReady(Deployment deployment) {
        var status = deployment.getStatus();
        int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return status != null && Objects.requireNonNullElse(status.getReadyReplicas(), 0) >= wanted
                && Objects.requireNonNullElse(status.getUpdatedReplicas(), 0) >= wanted
                // None of an earlier form is left to stand in for one that does not get ready.
                && Objects.requireNonNullElse(status.getReplicas(), 0)
                        .equals(Objects.requireNonNullElse(status.getUpdatedReplicas(), 0))
                && Objects.requireNonNullElse(status.getObservedGeneration(), 0L) >= Objects
                        .requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
    }
}
