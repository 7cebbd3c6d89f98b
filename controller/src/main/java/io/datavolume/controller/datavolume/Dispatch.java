package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSource;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.HttpSource;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.PvcSource;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.v1beta1.SnapshotSource;
import io.datavolume.api.v1beta1.Source;
import io.datavolume.api.v1beta1.UploadSource;
import io.datavolume.api.wire.EventComponents;

/** Who fills a DataVolume, by its source. */
sealed interface Dispatch {

    record Import(ImportSource source) implements Dispatch {}

    record External() implements Dispatch {}

    /**
     * Accepted, and not done yet.
     *
     * @param component who will do it
     */
    record NotSupported(String what, String component) implements Dispatch {}

    /** No source, or several; only an API server without our rules lets it through. */
    record Invalid(String message) implements Dispatch {}

    static Dispatch of(DataVolume dataVolume) {
        DataVolumeSpec spec = dataVolume.getSpec();
        if (spec == null) {
            return new Invalid("Missing Data volume source");
        }
        if (spec.sourceRef() != null) {
            return spec.source() == null
                    ? new NotSupported("sourceRef", EventComponents.DATA_VOLUME_PVC_CLONE)
                    : new Invalid("Data volume should have either Source or SourceRef, or be externally populated");
        }
        DataVolumeSource declared = spec.source();
        if (declared == null) {
            return spec.externallyPopulated() ? new External() : new Invalid("Missing Data volume source");
        }
        return spec.onlySource().map(source -> of(source, spec))
                .orElseGet(() -> new Invalid(declared.members().isEmpty()
                        ? "Missing Data volume source"
                        : "Multiple Data volume sources"));
    }

    private static Dispatch of(Source source, DataVolumeSpec spec) {
        if (spec.archive()) {
            return notYet("contentType archive", EventComponents.DATA_VOLUME_IMPORT);
        }
        if (!spec.checkpoints().isEmpty()) {
            return notYet("import in stages (checkpoints)", EventComponents.DATA_VOLUME_IMPORT);
        }
        return switch (source) {
            case HttpSource http -> new Import(http);
            case BlankSource blank -> new Import(blank);
            case RegistrySource registry -> of(registry);
            case UploadSource upload -> notYet("source upload", EventComponents.DATA_VOLUME_UPLOAD);
            case PvcSource pvc -> notYet("source pvc", EventComponents.DATA_VOLUME_PVC_CLONE);
            case SnapshotSource snapshot ->
                notYet("source snapshot", EventComponents.DATA_VOLUME_SNAPSHOT_CLONE);
            case ImportSource other -> notYet("source " + other.type(), EventComponents.DATA_VOLUME_IMPORT);
        };
    }

    private static Dispatch of(RegistrySource registry) {
        String stream = registry.imageStream();
        if (stream != null && !stream.isEmpty()) {
            return notYet("source registry with imageStream", EventComponents.DATA_VOLUME_IMPORT);
        }
        return registry.pulledByNode()
                ? notYet("source registry with pullMethod node", EventComponents.DATA_VOLUME_IMPORT)
                : new Import(registry);
    }

    private static Dispatch notYet(String what, String component) {
        return new NotSupported(what, component);
    }
}
