package io.datavolume.api.v1beta1;

/** A source of data, to be switched over. */
public sealed interface Source extends Part permits ImportSource, UploadSource, PvcSource, SnapshotSource {}
