package io.datavolume.importer.registry;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A tar file as {@code docker save} writes it
 * (<a href="https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md#combined-image-json--filesystem-changeset-format">format</a>),
 * old or with the blobs of an OCI layout. A layer's digest is the name of its blob, or else the configuration's
 * diff ID, since the layers of the old form are not compressed.
 */
record DockerArchiveStore(ArchiveFile archive, ImageReference.DockerArchive reference, ContainerImage image,
        Map<Descriptor, String> places) implements ImageStore {

    private static final Pattern BLOB = Pattern.compile("blobs/(sha256|sha512)/([0-9a-f]{64,128})");
    private static final Pattern CONFIG = Pattern.compile("(?:.*/)?([0-9a-f]{64})\\.json");

    static DockerArchiveStore open(ImageReference.DockerArchive reference, PlatformChoice choice) throws IOException {
        ArchiveFile archive = ArchiveFile.open(reference.file());
        try {
            JsonNode entry = choose(archive, reference);
            String configPath = EntryPath.parse(Json.text(entry, "Config").orElse("")).text();
            byte[] content = archive.document(configPath);
            Digest digest = named(configPath).orElse(Digest.of(Digest.Algorithm.SHA256, content));
            ImageConfig config = ImageConfig.parse(ImageResolver.verified(content, digest));
            choice.verify(config);
            Map<Descriptor, String> places = new HashMap<>();
            List<Descriptor> layers = layers(archive, Json.texts(entry, "Layers"), config, places);
            return new DockerArchiveStore(archive, reference, new ContainerImage(digest, digest, config, layers),
                    Map.copyOf(places));
        } catch (IOException e) {
            archive.close();
            throw e;
        }
    }

    private static JsonNode choose(ArchiveFile archive, ImageReference.DockerArchive reference) throws IOException {
        List<JsonNode> all = Json.array(archive.document("manifest.json"), "manifest.json");
        List<JsonNode> matching = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonNode entry : all) {
            List<String> tags = Json.texts(entry, "RepoTags");
            names.addAll(tags.isEmpty() ? List.of("(unnamed)") : tags);
            if (reference.tag().isEmpty() || tags.stream().map(DockerArchiveStore::fullName)
                    .anyMatch(fullName(reference.tag().get())::equals)) {
                matching.add(entry);
            }
        }
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw new NeedsUserException(NeedsUserException.Reason.NOT_FOUND, "failed to pull image: " + reference
                + (matching.isEmpty() ? ": no such image in the archive" : ": more than one image in the archive")
                + ", name one of: " + names.stream().limit(32).map(Text::brief).collect(Collectors.joining(", ")));
    }

    /** Docker writes {@code vm:1}, Podman {@code docker.io/library/vm:1}; what is no such name stays as it is. */
    private static String fullName(String tag) {
        try {
            return RemoteReferenceParser.parse("//" + tag).toString();
        } catch (NeedsUserException e) {
            return tag;
        }
    }

    private static List<Descriptor> layers(ArchiveFile archive, List<String> paths, ImageConfig config,
            Map<Descriptor, String> places) throws IOException {
        if (paths.size() != config.diffIds().size()) {
            throw ContainerCheck.MANIFEST.refuse(paths.size(), "the archive names another number of layers than its"
                    + " configuration, " + config.diffIds().size());
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = EntryPath.parse(paths.get(i)).text();
            Optional<Digest> named = named(path);
            ByteRange place = archive.place(path);
            Digest digest = named.orElse(config.diffIds().get(i));
            Descriptor layer = new Descriptor(MediaTypes.DOCKER_LAYER_TAR, digest, place.length(), Optional.empty());
            if (named.isEmpty()) {
                refuseCompressed(archive.blob(path, digest));
            }
            layers.add(layer);
            places.put(layer, path);
        }
        return layers;
    }

    private static void refuseCompressed(Source blob) throws IOException {
        try (InputStream start = blob.stream(0)) {
            LayerCompression compression = LayerCompression
                    .detect(start.readNBytes(LayerCompression.MAGIC_LENGTH));
            if (compression != LayerCompression.NONE) {
                throw new ImageRefusedException("image archive", ContainerCheck.LAYER_TYPE.violation(0, compression,
                        "a layer is compressed and has no digest of its compressed bytes; save the image again"));
            }
        }
    }

    /** The digest that a file's name promises. */
    private static Optional<Digest> named(String path) {
        Matcher blob = BLOB.matcher(path);
        Matcher config = CONFIG.matcher(path);
        try {
            if (blob.matches()) {
                return Optional.of(Digest.parse(blob.group(1) + ":" + blob.group(2)));
            }
            return config.matches() ? Optional.of(Digest.parse("sha256:" + config.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String displayName() {
        return reference.toString();
    }

    @Override
    public Source blob(Descriptor layer) throws IOException {
        String place = places.get(layer);
        if (place == null) {
            throw new IllegalArgumentException("not a layer of this image: " + layer);
        }
        return archive.blob(place, layer.digest());
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
