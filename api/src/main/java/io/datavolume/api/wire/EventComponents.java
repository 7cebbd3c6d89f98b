package io.datavolume.api.wire;

/** Source components of events: the names of the controllers that emit them. */
public final class EventComponents {

    public static final String DATA_VOLUME_IMPORT = "datavolume-import-controller";
    public static final String DATA_VOLUME_UPLOAD = "datavolume-upload-controller";
    public static final String DATA_VOLUME_PVC_CLONE = "datavolume-pvc-clone-controller";
    public static final String DATA_VOLUME_SNAPSHOT_CLONE = "datavolume-snapshot-clone-controller";
    public static final String DATA_VOLUME_EXTERNAL_POPULATION = "datavolume-external-population-controller";
    public static final String IMPORT = "import-controller";
    public static final String UPLOAD = "upload-controller";
    public static final String CLONE = "clone-controller";
    public static final String IMPORT_POPULATOR = "import-populator";
    public static final String UPLOAD_POPULATOR = "upload-populator";
    public static final String CLONE_POPULATOR = "clone-populator";
    public static final String FORKLIFT_POPULATOR = "forklift-populator-controller";
    public static final String STORAGE_PROFILE = "storageprofile-controller";
    public static final String CONFIG = "config-controller";
    public static final String DATA_IMPORT_CRON = "dataimportcron-controller";
    public static final String DATA_SOURCE = "datasource-controller";
    public static final String TRANSFER = "transfer-controller";
    public static final String OPERATOR = "operator-controller";

    private EventComponents() {}
}
