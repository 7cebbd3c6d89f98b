package io.datavolume.api.validation;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSource;
import io.datavolume.api.v1beta1.DataVolumeSourceRef;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.v1beta1.Source;
import io.datavolume.api.wire.ContentTypes;
import io.datavolume.api.wire.Names;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold of a new DataVolume beyond its schema. Rules are tried in the wire's order, and the first that does not
 * hold is told.
 */
public final class DataVolumeRules {

    private static final String DATA_SOURCE = "DataSource";
    private static final Set<String> CONTENT_TYPES = Set.of("", ContentTypes.KUBEVIRT, ContentTypes.ARCHIVE);

    private DataVolumeRules() {}

    /** The first rule that does not hold. */
    public static Optional<Violation> check(DataVolume volume) {
        if (volume.getMetadata().getName() != null && volume.getMetadata().getName().length() > Names.MAX_NAME) {
            return Optional.of(new Violation("metadata.name", tooLong(Names.MAX_NAME)));
        }
        if (volume.getSpec() == null) {
            return Optional.of(new Violation("spec", "Required value"));
        }
        return check(volume.getSpec(), "spec");
    }

    /**
     * The same for a specification within another object.
     *
     * @param path where it stands
     */
    public static Optional<Violation> check(DataVolumeSpec spec, String path) {
        return ClaimRules.check(spec, path).or(() -> origin(spec, path)).or(() -> contentType(spec, path));
    }

    static String tooLong(int most) {
        return "Name cannot be longer than " + most + " characters";
    }

    private static Optional<Violation> origin(DataVolumeSpec spec, String path) {
        if (spec.externallyPopulated()) {
            return Optional.empty();
        }
        DataVolumeSource source = spec.source();
        DataVolumeSourceRef reference = spec.sourceRef();
        if (source != null && reference == null) {
            return one(source, path);
        }
        if (source == null && reference != null) {
            return sourceRef(reference, path + ".sourceRef");
        }
        return Optional.of(new Violation(path + ".source",
                "Data volume should have either Source or SourceRef, or be externally populated"));
    }

    private static Optional<Violation> sourceRef(DataVolumeSourceRef reference, String path) {
        if (reference.kind().isEmpty()) {
            return Optional.of(new Violation(path + ".kind", "Missing sourceRef kind"));
        }
        if (!reference.kind().equals(DATA_SOURCE)) {
            return Optional.of(new Violation(path + ".kind", "Unsupported sourceRef kind "
                    + Text.plain(reference.kind()) + ", currently only DataSource is supported"));
        }
        return reference.name().isEmpty()
                ? Optional.of(new Violation(path + ".name", "Missing sourceRef name"))
                : Optional.empty();
    }

    private static Optional<Violation> one(DataVolumeSource source, String path) {
        return switch (source.members().size()) {
            case 0 -> Optional.of(new Violation(path + ".source", "Missing Data volume source"));
            case 1 -> SourceRules.check(source.members().getFirst(), path + ".source");
            default -> Optional.of(new Violation(path + ".source", "Multiple Data volume sources"));
        };
    }

    private static Optional<Violation> contentType(DataVolumeSpec spec, String path) {
        String where = path + ".contentType";
        if (!CONTENT_TYPES.contains(spec.contentType())) {
            return Optional.of(new Violation(where, "ContentType not one of: kubevirt, archive"));
        }
        Optional<Source> source = spec.onlySource();
        if (spec.archive() && source.filter(BlankSource.class::isInstance).isPresent()) {
            return Optional.of(new Violation(where, "SourceType cannot be blank and the contentType be archive"));
        }
        if (spec.archive() && source.filter(RegistrySource.class::isInstance).isPresent()) {
            return Optional.of(new Violation(where, "ContentType must be kubevirt when Source is Registry"));
        }
        return Optional.empty();
    }
}
