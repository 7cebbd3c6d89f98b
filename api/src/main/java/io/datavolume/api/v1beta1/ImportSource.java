package io.datavolume.api.v1beta1;

/** A source that a worker pod imports from. */
public sealed interface ImportSource extends Source
        permits HttpSource, S3Source, GcsSource, RegistrySource, ImageIoSource, VddkSource, BlankSource {

    /** Its name in annotations: one of {@link io.datavolume.api.wire.ImportSources}. */
    String type();
}
