package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which image of an index is taken.
 *
 * @param wanted the platform to take
 * @param requested whether the user asked for it; it must then be the configuration's too
 */
public record PlatformChoice(Platform wanted, boolean requested) {

    /** What the user asked for, or else what this process runs on. */
    public static PlatformChoice of(Optional<String> architecture) throws NeedsUserException {
        try {
            return architecture.filter(a -> !a.isEmpty()).map(a -> new PlatformChoice(Platform.linux(a), true))
                    .orElseGet(() -> new PlatformChoice(Platform.running(), false));
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(NeedsUserException.Reason.USAGE, "Error validating architecture: "
                    + e.getMessage() + "; use for example amd64, arm64, s390x or ppc64le", e);
        }
    }

    /** The first entry for the wanted platform, or else the first that does not say what it is for. */
    Descriptor choose(Manifest.Index index) throws NeedsUserException {
        Optional<Descriptor> matching = index.manifests().stream()
                .filter(m -> m.platform().filter(p -> p.satisfies(wanted)).isPresent()).findFirst();
        return matching.or(() -> index.manifests().stream().filter(m -> m.platform().isEmpty()).findFirst())
                .orElseThrow(() -> new NeedsUserException(NeedsUserException.Reason.NOT_FOUND,
                        "failed to pull image: no image found in image index for " + wanted + "; the index holds: "
                                + offered(index)));
    }

    /** Refuses an image that is not of the architecture that was asked for. */
    void verify(ImageConfig config) throws NeedsUserException {
        if (requested && !config.platform().architecture().equals(wanted.architecture())) {
            throw new NeedsUserException(NeedsUserException.Reason.REFUSED_IMAGE,
                    "Error validating architecture: manifest image architecture: \""
                            + Text.brief(config.platform().architecture())
                            + "\" doesn't match requested architecture: \"" + wanted.architecture() + "\"");
        }
    }

    private static String offered(Manifest.Index index) {
        String offered = index.manifests().stream().flatMap(m -> m.platform().stream())
                .filter(p -> !p.os().equals("unknown")).map(Platform::toString).distinct().limit(32)
                .map(Text::brief).collect(Collectors.joining(", "));
        return offered.isEmpty() ? "nothing" : offered;
    }
}
