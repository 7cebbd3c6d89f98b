package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

import java.util.List;

/** Annotations of a claim that mirror its worker pod, and those that are passed on to the pod. */
public final class PodAnnotations {

    private static final String POD = PREFIX + "storage.pod.";
    private static final String CONDITION = PREFIX + "storage.condition.";

    /** {@link PodPhases}. */
    public static final String PHASE = POD + "phase";
    /** {@code "true"} or {@code "false"}: whether an upload pod takes data. */
    public static final String READY = POD + "ready";
    /** Restarts of the worker container; only grows. */
    public static final String RESTARTS = POD + "restarts";
    /** {@code "false"}: no node takes the pod. */
    public static final String SCHEDULABLE = POD + "schedulable";
    public static final String PRIORITY_CLASS_NAME = POD + "priorityclassname";
    public static final String SERVICE_ACCOUNT_NAME = POD + "serviceAccountName";
    public static final String VDDK_VERSION = POD + "vddk.version";
    public static final String VDDK_HOST = POD + "vddk.host";
    public static final String VDDK_INIT_IMAGE_URL = POD + "vddk.initimageurl";
    public static final String VDDK_EXTRA_ARGS = POD + "vddk.extraargs";

    /** {@code "true"} or {@code "false"}, with reason and message: what the DataVolume's Running condition shows. */
    public static final String RUNNING = CONDITION + "running";
    public static final String RUNNING_REASON = RUNNING + ".reason";
    public static final String RUNNING_MESSAGE = RUNNING + ".message";
    /** The same for the pod that reads a clone's source. */
    public static final String SOURCE_RUNNING = CONDITION + "source.running";
    public static final String SOURCE_RUNNING_REASON = SOURCE_RUNNING + ".reason";
    public static final String SOURCE_RUNNING_MESSAGE = SOURCE_RUNNING + ".message";
    /** The same for the DataVolume's Bound condition. */
    public static final String BOUND = CONDITION + "bound";
    public static final String BOUND_REASON = BOUND + ".reason";
    public static final String BOUND_MESSAGE = BOUND + ".message";

    /** {@code "yes"} on worker pods. */
    public static final String CREATED_BY_CONTROLLER = PREFIX + "storage.createdByController";

    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    public static final String DEFAULT_NETWORK = "v1.multus-cni.io/default-network";
    /** {@code "false"} on worker pods unless the user says otherwise. */
    public static final String ISTIO_INJECT = "sidecar.istio.io/inject";
    public static final String ISTIO_INJECT_DEFAULT = "false";
    /** {@code "disabled"} on worker pods unless the user says otherwise. */
    public static final String LINKERD_INJECT = "linkerd.io/inject";
    public static final String LINKERD_INJECT_DEFAULT = "disabled";

    /** Annotations of a claim that its worker pods get. */
    public static final List<String> PASSED_TO_POD = List.of(NETWORKS, DEFAULT_NETWORK, ISTIO_INJECT, LINKERD_INJECT,
            PRIORITY_CLASS_NAME, SERVICE_ACCOUNT_NAME);

    private PodAnnotations() {}
}
