package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Annotations of a claim that say what to import into it, and how far a multi-stage import has come. */
public final class ImportAnnotations {

    private static final String IMPORT = PREFIX + "storage.import.";
    private static final String CHECKPOINT = PREFIX + "storage.checkpoint.";

    /** {@link ImportSources}; missing or unknown means http. */
    public static final String SOURCE = IMPORT + "source";
    /** URL, or name of an image stream. */
    public static final String ENDPOINT = IMPORT + "endpoint";
    public static final String SECRET_NAME = IMPORT + "secretName";
    public static final String CERT_CONFIG_MAP = IMPORT + "certConfigMap";
    /** {@code pod} or {@code node}. */
    public static final String REGISTRY_IMPORT_METHOD = IMPORT + "registryImportMethod";
    /** {@code "true"}: the endpoint is the name of an image stream. */
    public static final String REGISTRY_IMAGE_STREAM = IMPORT + "registryImageStream";
    public static final String REGISTRY_IMAGE_ARCHITECTURE = IMPORT + "registryImageArchitecture";
    public static final String DISK_ID = IMPORT + "diskId";
    public static final String UUID = IMPORT + "uuid";
    public static final String BACKING_FILE = IMPORT + "backingFile";
    public static final String VDDK_THUMBPRINT = IMPORT + "vddk.thumbprint";
    /** {@code "true"}: certificates are not checked; http and imageio only. */
    public static final String INSECURE_SKIP_VERIFY = IMPORT + "insecureSkipVerify";
    /** {@code algorithm:hex} of the bytes as downloaded. */
    public static final String CHECKSUM = IMPORT + "checksum";

    /** Name of the importer pod; set before the pod is created. */
    public static final String POD_NAME = IMPORT + "importPodName";
    /** {@code "true"}: the importer asked for scratch space. */
    public static final String REQUIRES_SCRATCH = IMPORT + "requiresScratch";
    /** {@code "true"}: the importer ran out of memory once, and writes around the page cache now. */
    public static final String REQUIRES_DIRECT_IO = IMPORT + "requiresDirectIo";
    /** {@code "true"}: the failure is final. */
    public static final String FATAL_ERROR = IMPORT + "fatalError";

    /** Volume mode of the disk that a snapshot was taken of. */
    public static final String SOURCE_VOLUME_MODE = IMPORT + "sourceVolumeMode";
    /** Size to restore a snapshot to. */
    public static final String ADVISED_RESTORE_SIZE = IMPORT + "advisedRestoreSize";

    public static final String PREVIOUS_CHECKPOINT = CHECKPOINT + "previous";
    public static final String CURRENT_CHECKPOINT = CHECKPOINT + "current";
    public static final String FINAL_CHECKPOINT = CHECKPOINT + "final";
    public static final String CHECKPOINT_POD_ID = CHECKPOINT + "pod.id";
    public static final String CHECKPOINTS_DONE = CHECKPOINT + "done";

    private ImportAnnotations() {}

    /** Header line number {@code index}, from 0. */
    public static String extraHeader(int index) {
        return IMPORT + "extraHeaders." + index;
    }

    /** Name of the secret with header lines, number {@code index}, from 0. */
    public static String secretExtraHeader(int index) {
        return IMPORT + "secretExtraHeaders." + index;
    }

    /** UID of the pod that has copied a checkpoint. */
    public static String copiedCheckpoint(String checkpoint) {
        return CHECKPOINT + "copied." + checkpoint;
    }
}
