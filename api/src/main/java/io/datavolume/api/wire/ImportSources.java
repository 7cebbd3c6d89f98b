package io.datavolume.api.wire;

/** Values of {@link ImportAnnotations#SOURCE}. */
public final class ImportSources {

    public static final String HTTP = "http";
    public static final String S3 = "s3";
    public static final String GCS = "gcs";
    /** Of older releases. */
    public static final String GLANCE = "glance";
    public static final String REGISTRY = "registry";
    public static final String IMAGEIO = "imageio";
    public static final String VDDK = "vddk";
    /** A blank disk. */
    public static final String NONE = "none";

    private ImportSources() {}
}
