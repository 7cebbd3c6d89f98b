package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Annotations of a claim that is filled by an upload. */
public final class UploadAnnotations {

    /** Present: the claim waits for an upload. */
    public static final String TARGET = PREFIX + "storage.upload.target";
    public static final String POD_NAME = PREFIX + "storage.uploadPodName";
    /** Common name of the client certificate that the upload server expects. */
    public static final String CLIENT_NAME = PREFIX + "uploadClientName";
    /** {@code "yes"} on pods, services and secrets of uploads. */
    public static final String CREATED_BY_UPLOAD_CONTROLLER = PREFIX + "storage.createdByUploadController";

    private UploadAnnotations() {}
}
