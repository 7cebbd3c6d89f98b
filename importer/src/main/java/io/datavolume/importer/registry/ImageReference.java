package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names an image: {@code docker://host[:port]/repository[:tag][@digest]}, {@code oci-archive:FILE[:tag]} or
 * {@code docker-archive:FILE[:tag]}.
 */
public sealed interface ImageReference {

    /**
     * An image in a registry.
     *
     * @param host the registry's host, with {@code :port} where one was given; Docker Hub is {@code docker.io}
     * @param repository path below the host
     * @param tag what to pull when there is no digest
     * @param digest pins the manifest; the tag is then not looked at
     */
    record Remote(String host, String repository, String tag, Optional<Digest> digest) implements ImageReference {

        /** Where the registry's API is: Docker Hub's differs from its name. */
        public String apiHost() {
            return host.equals("docker.io") ? "registry-1.docker.io" : host;
        }

        /** What stands in the manifest's URL. */
        public String tagOrDigest() {
            return digest.map(Digest::toString).orElse(tag);
        }

        @Override
        public String toString() {
            return "docker://" + host + "/" + repository + digest.map(d -> "@" + d).orElse(":" + tag);
        }
    }

    /**
     * A tar file of an OCI image layout.
     *
     * @param file the archive
     * @param tag the image's {@code org.opencontainers.image.ref.name}; empty if it holds one image only
     */
    record OciArchive(Path file, Optional<String> tag) implements ImageReference {

        @Override
        public String toString() {
            return "oci-archive:" + file + tag.map(t -> ":" + t).orElse("");
        }
    }

    /**
     * A tar file as {@code docker save} writes it.
     *
     * @param file the archive
     * @param tag one of the image's {@code RepoTags}; empty if it holds one image only
     */
    record DockerArchive(Path file, Optional<String> tag) implements ImageReference {

        @Override
        public String toString() {
            return "docker-archive:" + file + tag.map(t -> ":" + t).orElse("");
        }
    }

    /** Longest name that is looked at, in characters. */
    int MAX_LENGTH = 4096;

    /** @throws NeedsUserException of reason USAGE if this is not the name of an image */
    static ImageReference parse(String name) throws NeedsUserException {
        if (name.length() > MAX_LENGTH) {
            throw invalid("the name is longer than " + MAX_LENGTH + " characters", name);
        }
        int colon = name.indexOf(':');
        if (colon < 0) {
            throw invalid(
                    "Invalid image name \"" + Text.brief(name) + "\", expected colon-separated transport:reference");
        }
        String rest = name.substring(colon + 1);
        return switch (name.substring(0, colon)) {
            case "docker" -> RemoteReferenceParser.parse(rest);
            case "oci-archive" -> archive(rest, OciArchive::new);
            case "docker-archive" -> archive(rest, DockerArchive::new);
            default -> throw invalid("Invalid image name \"" + Text.brief(name) + "\", unknown transport");
        };
    }

    static NeedsUserException invalid(String why, String name) {
        return invalid(why + ": " + Text.brief(name));
    }

    private static NeedsUserException invalid(String why) {
        return new NeedsUserException(NeedsUserException.Reason.USAGE, "Could not parse image: " + why);
    }

    private static ImageReference archive(String text, ArchiveForm form) throws NeedsUserException {
        int colon = text.indexOf(':');
        String file = colon < 0 ? text : text.substring(0, colon);
        String tag = colon < 0 ? "" : text.substring(colon + 1);
        if (file.isEmpty()) {
            throw invalid("no archive file is named", text);
        }
        if (tag.length() > RemoteReferenceParser.MAX_NAME + RemoteReferenceParser.MAX_TAG) {
            throw invalid("the tag is too long", tag);
        }
        try {
            return form.create(Path.of(file), tag.isEmpty() ? Optional.empty() : Optional.of(tag));
        } catch (InvalidPathException e) {
            throw invalid("not a file name", file);
        }
    }

    /** Makes one of the archive references. */
    interface ArchiveForm {
        ImageReference create(Path file, Optional<String> tag);
    }
}
