package io.datavolume.api.wire;

/** How a boot source is kept: values of {@code dataImportCronSourceFormat} and {@code sourceFormat}. */
public final class SourceFormats {

    public static final String PVC = "pvc";
    public static final String SNAPSHOT = "snapshot";

    private SourceFormats() {}
}
