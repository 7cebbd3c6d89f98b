package io.datavolume.controller.importing;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ContentTypes;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.ImportSources;
import io.datavolume.api.wire.PullMethods;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What the annotations of a claim ask for.
 *
 * @param source one of {@link ImportSources}
 * @param endpoint URL; empty for a blank disk
 * @param secret secret with the keys {@code accessKeyId} and {@code secretKey}
 * @param certConfigMap config map with PEM certificates
 * @param headers header lines
 * @param secretHeaders secrets whose every key is a header line
 */
record ImportRequest(String source, String endpoint, Optional<String> secret, Optional<String> certConfigMap,
        boolean insecure, Optional<String> checksum, List<String> headers, List<String> secretHeaders,
        Optional<String> architecture, boolean archive, boolean preallocation, boolean directIo, boolean scratch) {

    /** Header annotations are numbered; a claim may not make us count for ever. */
    private static final int MAX_HEADERS = 256;

    private static final Set<String> DONE = Set.of(ImportSources.HTTP, ImportSources.REGISTRY, ImportSources.NONE);
    private static final Set<String> KNOWN = Set.of(ImportSources.HTTP, ImportSources.S3, ImportSources.GCS,
            ImportSources.GLANCE, ImportSources.REGISTRY, ImportSources.IMAGEIO, ImportSources.VDDK,
            ImportSources.NONE);

    /** Whether a claim asks for an import at all. */
    static boolean isAsked(PersistentVolumeClaim claim) {
        return (Annotations.has(claim, ImportAnnotations.ENDPOINT) || Annotations.has(claim, ImportAnnotations.SOURCE))
                && !Annotations.has(claim, Annotations.EXTERNAL_POPULATION);
    }

    static ImportRequest of(PersistentVolumeClaim claim) {
        return of(Objects.requireNonNullElse(claim.getMetadata().getAnnotations(), Map.of()));
    }

    /** @param asked annotations of a claim, or of one that is not there yet */
    static ImportRequest of(Map<String, String> asked) {
        String source = asked.getOrDefault(ImportAnnotations.SOURCE, "");
        return new ImportRequest(KNOWN.contains(source) ? source : ImportSources.HTTP,
                asked.getOrDefault(ImportAnnotations.ENDPOINT, ""), named(asked, ImportAnnotations.SECRET_NAME),
                named(asked, ImportAnnotations.CERT_CONFIG_MAP), isTrue(asked, ImportAnnotations.INSECURE_SKIP_VERIFY),
                named(asked, ImportAnnotations.CHECKSUM), numbered(asked, ImportAnnotations::extraHeader),
                numbered(asked, ImportAnnotations::secretExtraHeader),
                named(asked, ImportAnnotations.REGISTRY_IMAGE_ARCHITECTURE),
                ContentTypes.ARCHIVE.equals(asked.get(Annotations.CONTENT_TYPE)),
                isTrue(asked, Annotations.PREALLOCATION_REQUESTED), isTrue(asked, ImportAnnotations.REQUIRES_DIRECT_IO),
                isTrue(asked, ImportAnnotations.REQUIRES_SCRATCH));
    }

    boolean isBlank() {
        return source.equals(ImportSources.NONE);
    }

    /** What a claim asks for and this release does not do, if it is so. */
    static Optional<String> unsupported(PersistentVolumeClaim claim) {
        ImportRequest request = of(claim);
        if (!DONE.contains(request.source)) {
            return Optional.of("source " + request.source);
        }
        if (request.archive) {
            return Optional.of("contentType archive");
        }
        if (Annotations.isTrue(claim, ImportAnnotations.REGISTRY_IMAGE_STREAM)) {
            return Optional.of("source registry with imageStream");
        }
        if (Annotations.is(claim, ImportAnnotations.REGISTRY_IMPORT_METHOD, PullMethods.NODE)) {
            return Optional.of("source registry with pullMethod node");
        }
        return Annotations.of(claim, ImportAnnotations.CURRENT_CHECKPOINT).filter(stage -> !stage.isEmpty())
                .map(stage -> "import in stages (checkpoints)");
    }

    private static boolean isTrue(Map<String, String> asked, String key) {
        return "true".equals(asked.get(key));
    }

    private static Optional<String> named(Map<String, String> asked, String key) {
        return Optional.ofNullable(asked.get(key)).filter(value -> !value.isBlank());
    }

    private static List<String> numbered(Map<String, String> asked, IntFunction<String> key) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String value = asked.get(key.apply(i));
            if (value == null) {
                break;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }
}
