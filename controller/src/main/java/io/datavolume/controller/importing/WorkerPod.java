package io.datavolume.controller.importing;

import io.datavolume.api.cluster.Owners;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pod that fills one claim, as administrators and their policies expect it: names, labels and annotations of the
 * wire, Pod Security <i>restricted</i>, no service account token, secrets mounted and never read by the controller.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted">Pod Security: restricted</a>
 */
final class WorkerPod {

    private WorkerPod() {}

    /**
     * What distinguishes one worker from others.
     *
     * @param passed annotations of the object that it works for, of which some are passed on
     * @param labels labels of the object that users see, which the pod bears too
     * @param node the node that it must run on, if one is chosen
     * @param basis what this try stands on, see {@link RetrySchedule}
     */
    record Frame(String name, String namespace, OwnerReference owner, Map<String, String> passed,
            Map<String, String> labels, Optional<String> node, String basis) {

        /**
         * @param claim the claim to fill
         * @param target the target of a prime claim, else the claim itself
         */
        static Frame of(PersistentVolumeClaim claim, PersistentVolumeClaim target, String basis) {
            String name = claim.getMetadata().getName();
            return new Frame(Names.importer(name), claim.getMetadata().getNamespace(), Owners.controller(claim),
                    given(claim.getMetadata().getAnnotations()), given(target.getMetadata().getLabels()),
                    Names.isPrimeClaim(name) ? Annotations.of(claim, Annotations.SELECTED_NODE) : Optional.empty(),
                    basis);
        }
    }

    /** @param order the worker's order as JSON */
    static Pod of(Frame frame, WorkerMounts mounts, String order, WorkerSettings settings) {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withRestartPolicy("OnFailure")
                .withEnableServiceLinks(false)
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(WorkerLayout.QEMU_USER)
                .withFsGroup(WorkerLayout.QEMU_USER)
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .endSecurityContext()
                .withNodeSelector(settings.nodeSelector())
                .withTolerations(settings.tolerations())
                .withImagePullSecrets(settings.pullSecrets())
                .withContainers(container(order, mounts, settings))
                .withVolumes(mounts.volumes());
        settings.affinity().ifPresent(spec::withAffinity);
        Optional.ofNullable(frame.passed.get(PodAnnotations.PRIORITY_CLASS_NAME))
                .ifPresent(spec::withPriorityClassName);
        Optional.ofNullable(frame.passed.get(PodAnnotations.SERVICE_ACCOUNT_NAME))
                .ifPresent(spec::withServiceAccountName);
        frame.node.ifPresent(spec::withNodeName);
        return new PodBuilder()
                .withNewMetadata()
                .withName(frame.name)
                .withNamespace(frame.namespace)
                .withAnnotations(annotations(frame))
                .withLabels(labels(frame, settings))
                .withOwnerReferences(frame.owner)
                .endMetadata()
                .withSpec(spec.build())
                .build();
    }

    private static Container container(String order, WorkerMounts mounts, WorkerSettings settings) {
        return new ContainerBuilder()
                .withName(WorkerLayout.CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withArgs(WorkerLayout.ROLE)
                .withEnv(environment(order, settings.proxy()))
                .addNewPort()
                .withName(WorkerLayout.METRICS_PORT_NAME)
                .withContainerPort(WorkerLayout.METRICS_PORT)
                .withProtocol("TCP")
                .endPort()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withResources(settings.resources())
                .withSecurityContext(restricted())
                .withVolumeMounts(mounts.mounts())
                .withVolumeDevices(mounts.devices())
                .build();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withRunAsUser(WorkerLayout.QEMU_USER)
                .withNewCapabilities().withDrop("ALL").endCapabilities()
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .build();
    }

    private static List<EnvVar> environment(String order, WorkerSettings.Proxy proxy) {
        List<EnvVar> environment = new ArrayList<>();
        environment.add(new EnvVar(WorkerLayout.ORDER, order, null));
        environment.add(new EnvVar("http_proxy", proxy.http(), null));
        environment.add(new EnvVar("https_proxy", proxy.https(), null));
        environment.add(new EnvVar("no_proxy", proxy.noProxy(), null));
        return environment;
    }

    private static Map<String, String> annotations(Frame frame) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(PodAnnotations.CREATED_BY_CONTROLLER, "yes");
        annotations.put(PodAnnotations.ISTIO_INJECT, PodAnnotations.ISTIO_INJECT_DEFAULT);
        annotations.put(PodAnnotations.LINKERD_INJECT, PodAnnotations.LINKERD_INJECT_DEFAULT);
        PodAnnotations.PASSED_TO_POD.stream().filter(frame.passed::containsKey)
                .forEach(key -> annotations.put(key, frame.passed.get(key)));
        annotations.put(RetryAnnotations.BASIS, frame.basis);
        return annotations;
    }

    private static Map<String, String> labels(Frame frame, WorkerSettings settings) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.COMPONENT, Labels.IMPORTER);
        labels.put(Labels.PROMETHEUS, "true");
        labels.putAll(settings.labels());
        labels.putAll(frame.labels);
        return labels;
    }

    private static Map<String, String> given(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
