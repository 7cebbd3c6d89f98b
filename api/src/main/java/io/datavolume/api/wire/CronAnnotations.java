package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Annotations of a DataImportCron and of what it imports. */
public final class CronAnnotations {

    private static final String IMPORT = PREFIX + "storage.import.";

    /** Digest that was seen last; a change starts an import. */
    public static final String SOURCE_DESIRED_DIGEST = IMPORT + "sourceDesiredDigest";
    public static final String IMAGE_STREAM_DOCKER_REF = IMPORT + "imageStreamDockerRef";
    /** RFC 3339. */
    public static final String NEXT_CRON_TIME = IMPORT + "nextCronTime";
    /** RFC 3339. */
    public static final String LAST_CRON_TIME = IMPORT + "lastCronTime";
    /** RFC 3339 with nanoseconds, UTC; on claims and snapshots. */
    public static final String LAST_USE_TIME = IMPORT + "lastUseTime";
    /** Class that the current import was made for. */
    public static final String STORAGE_CLASS = IMPORT + "storageClass";

    private CronAnnotations() {}
}
