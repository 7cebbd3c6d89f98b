package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the data of a VolumeImportSource comes from: exactly one member. */
public record ImportSourceType(@Nullable HttpSource http, @Nullable S3Source s3, @Nullable GcsSource gcs,
        @Nullable RegistrySource registry, @Nullable BlankSource blank, @Nullable ImageIoSource imageio,
        @Nullable VddkSource vddk, @Unknown Map<String, Object> unknown) implements Part {

    public ImportSourceType {
        unknown = Given.unknown(unknown);
    }

    /** The members that are there; exactly one is valid. */
    public List<ImportSource> members() {
        return Given.present(http, s3, gcs, registry, blank, imageio, vddk);
    }

    /** The member, if there is exactly one. */
    public Optional<ImportSource> only() {
        List<ImportSource> members = members();
        return members.size() == 1 ? Optional.of(members.getFirst()) : Optional.empty();
    }

    /** The members of a DataVolume's source that can be imported. */
    public static ImportSourceType of(DataVolumeSource source) {
        return new ImportSourceType(source.http(), source.s3(), source.gcs(), source.registry(), source.blank(),
                source.imageio(), source.vddk(), Map.of());
    }
}
