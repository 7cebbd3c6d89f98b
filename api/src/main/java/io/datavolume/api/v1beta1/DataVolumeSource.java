package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the data of a DataVolume comes from: exactly one member. */
public record DataVolumeSource(@Nullable HttpSource http, @Nullable S3Source s3, @Nullable GcsSource gcs,
        @Nullable RegistrySource registry, @Nullable BlankSource blank, @Nullable ImageIoSource imageio,
        @Nullable VddkSource vddk, @Nullable UploadSource upload, @Nullable PvcSource pvc,
        @Nullable SnapshotSource snapshot, @Unknown Map<String, Object> unknown) implements Part {

    public DataVolumeSource {
        unknown = Given.unknown(unknown);
    }

    /** The members that are there; exactly one is valid. */
    public List<Source> members() {
        return Given.present(http, s3, gcs, registry, blank, imageio, vddk, upload, pvc, snapshot);
    }

    /** The member, if there is exactly one. */
    public Optional<Source> only() {
        List<Source> members = members();
        return members.size() == 1 ? Optional.of(members.getFirst()) : Optional.empty();
    }
}
