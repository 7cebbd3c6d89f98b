package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Labels and their values. */
public final class Labels {

    public static final String APP = "app";
    /** Of {@link #APP}, on every object that is made. */
    public static final String APP_VALUE = "containerized-data-importer";

    /** Component selector; its values are {@link #IMPORTER} and the like, or empty. */
    public static final String COMPONENT = "cdi.kubevirt.io";
    public static final String IMPORTER = "importer";
    public static final String UPLOAD_SERVER = "cdi-upload-server";
    public static final String CLONE_SOURCE = "cdi-clone-source";
    public static final String SMART_CLONE = "cdi-smart-clone";
    public static final String CLONE_FROM_SNAPSHOT_FALLBACK = "cdi-clone-from-snapshot-source-host-assisted-fallback-pvc";
    public static final String POPULATOR_PREP = "cdi-populator-prep";
    public static final String KEYSTORE = "keystore";
    public static final String CONTROLLER = "cdi-deployment";

    /** {@code "true"} on pods with metrics. */
    public static final String PROMETHEUS = "prometheus.cdi.kubevirt.io";
    /** {@code "disabled"} on Filesystem claims, which a disk image fills on purpose. */
    public static final String FILLING_UP_ALERT = "alerts.k8s.io/KubePersistentVolumeFillingUp";
    public static final String FILLING_UP_ALERT_DISABLED = "disabled";
    /** UID of the claim, on upload pods. */
    public static final String UPLOAD_TARGET = PREFIX + "uploadTarget";
    /** Name of the upload service, on its pod. */
    public static final String SERVICE = "service";

    public static final String DATA_IMPORT_CRON = PREFIX + "dataImportCron";
    public static final String DATA_IMPORT_CRON_NAMESPACE = PREFIX + "dataImportCronNs";
    public static final String DATA_IMPORT_CRON_POLLER = PREFIX + "dataImportCronPoller";
    public static final String DATA_IMPORT_CRON_CLEANUP = PREFIX + "dataImportCron.cleanup";

    /** {@code "true"}: the admission webhook renders the claim. */
    public static final String APPLY_STORAGE_PROFILE = PREFIX + "applyStorageProfile";
    /** The spelling is the wire's. */
    public static final String CLONE_UNIQUE_ID = PREFIX + "storage.clone.cloneUniqeId";
    /** UID of the source claim, on clone source pods. */
    public static final String HOST_ASSISTED_SOURCE = PREFIX + "hostAssistedSourcePodCloneSource";
    /** UID of the target claim, on the intermediate objects of a clone. */
    public static final String OWNED_BY_UID = PREFIX + "OwnedByUID";
    /** {@code "true"} on what a backup must not contain: scratch, prime and temporary claims. */
    public static final String EXCLUDE_FROM_BACKUP = "velero.io/exclude-from-backup";

    public static final String PART_OF = "app.kubernetes.io/part-of";
    public static final String VERSION = "app.kubernetes.io/version";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Of {@link #MANAGED_BY}, on what the controller makes. */
    public static final String MANAGED_BY_CONTROLLER = "cdi-controller";
    public static final String MANAGED_BY_OPERATOR = "cdi-operator";
    public static final String MANAGED_BY_APISERVER = "cdi-apiserver";
    public static final String KUBERNETES_COMPONENT = "app.kubernetes.io/component";
    /** Of {@link #KUBERNETES_COMPONENT}. */
    public static final String STORAGE = "storage";

    public static final String DEFAULT_INSTANCETYPE = "instancetype.kubevirt.io/default-instancetype";
    public static final String DEFAULT_INSTANCETYPE_KIND = "instancetype.kubevirt.io/default-instancetype-kind";
    public static final String DEFAULT_PREFERENCE = "instancetype.kubevirt.io/default-preference";
    public static final String DEFAULT_PREFERENCE_KIND = "instancetype.kubevirt.io/default-preference-kind";
    /** The four that go from a source to what is made of it, unless one of them is there. */
    public static final List<String> DEFAULT_INSTANCETYPES = List.of(DEFAULT_INSTANCETYPE, DEFAULT_INSTANCETYPE_KIND,
            DEFAULT_PREFERENCE, DEFAULT_PREFERENCE_KIND);
    public static final String DYNAMIC_CREDENTIALS = "kubevirt.io/dynamic-credentials-support";
    /** {@code "true"} on pods that call the API server where network policies forbid it by default. */
    public static final String ALLOW_CLUSTER_SERVICES = "np.kubevirt.io/allow-access-cluster-services";
    /** Of what a disk was made for ({@code arm64}), as templates of virtual machines name it. */
    public static final String ARCHITECTURE = "template.kubevirt.io/architecture";
    /** Kubernetes: architecture of a node. */
    public static final String NODE_ARCHITECTURE = "kubernetes.io/arch";

    // The dots are unescaped on the wire as well, so that one of them stands for any character.
    private static final Pattern COPIED = Pattern.compile("([\\w.]+\\.kubevirt.io|kubevirt.io)/[\\w.-]+");

    private Labels() {}

    /** The value of a label; empty if the object has none of that name. */
    public static Optional<String> of(HasMetadata object, String key) {
        return Annotations.value(object.getMetadata().getLabels(), key);
    }

    /** Whether a label of KubeVirt's family may go from a source to what is made of it. */
    public static boolean isCopied(String key) {
        return COPIED.matcher(key).matches();
    }
}
