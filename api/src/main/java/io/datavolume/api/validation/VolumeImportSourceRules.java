package io.datavolume.api.validation;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.ImportSourceType;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.v1beta1.VolumeImportSourceSpec;
import io.datavolume.api.wire.ContentTypes;
import io.datavolume.api.wire.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of a new VolumeImportSource beyond its schema. */
public final class VolumeImportSourceRules {

    private static final String SOURCE = "spec.source";
    private static final Set<String> CONTENT_TYPES = Set.of("", ContentTypes.KUBEVIRT, ContentTypes.ARCHIVE);

    private VolumeImportSourceRules() {}

    /** The first rule that does not hold. */
    public static Optional<Violation> check(VolumeImportSource object) {
        String name = object.getMetadata().getName();
        if (name != null && name.length() > Names.MAX_LABEL) {
            return violation("metadata.name", DataVolumeRules.tooLong(Names.MAX_LABEL));
        }
        VolumeImportSourceSpec spec = object.getSpec();
        if (spec == null) {
            return violation("spec", "Required value");
        }
        if (!CONTENT_TYPES.contains(spec.contentType())) {
            return violation("spec.contentType", "ContentType not one of: kubevirt, archive");
        }
        ImportSourceType source = spec.source();
        List<ImportSource> members = source == null ? List.of() : source.members();
        if (members.size() != 1) {
            return violation(SOURCE, (members.isEmpty() ? "Missing" : "Multiple") + " VolumeImport source"
                    + (members.isEmpty() ? "" : "s"));
        }
        if (!spec.checkpoints().isEmpty() && (spec.targetClaim() == null || spec.targetClaim().isEmpty())) {
            return violation("spec.targetClaim",
                    "Unable to do multi-stage import without specifying a target claim");
        }
        return SourceRules.check(members.getFirst(), SOURCE).or(() -> archive(spec, members.getFirst()));
    }

    private static Optional<Violation> archive(VolumeImportSourceSpec spec, ImportSource source) {
        if (!spec.contentType().equals(ContentTypes.ARCHIVE)) {
            return Optional.empty();
        }
        return switch (source) {
            case BlankSource blank ->
                violation("spec.contentType", "SourceType cannot be blank and the contentType be archive");
            case RegistrySource registry ->
                violation("spec.contentType", "ContentType must be kubevirt when Source is Registry");
            default -> Optional.empty();
        };
    }

    private static Optional<Violation> violation(String field, String message) {
        return Optional.of(new Violation(field, message));
    }
}
