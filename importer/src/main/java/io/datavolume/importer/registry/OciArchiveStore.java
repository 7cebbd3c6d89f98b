package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A tar file of an
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image layout</a>.
 */
record OciArchiveStore(ArchiveFile archive, ImageReference.OciArchive reference,
        ContainerImage image) implements ImageStore {

    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** An entry of the layout's index. */
    private record Named(Descriptor manifest, Optional<String> name) {}

    static OciArchiveStore open(ImageReference.OciArchive reference, PlatformChoice choice) throws IOException {
        ArchiveFile archive = ArchiveFile.open(reference.file());
        try {
            JsonNode layout = Json.object(archive.document("oci-layout"), "oci-layout file");
            String version = Json.text(layout, "imageLayoutVersion").orElse("");
            if (!version.startsWith("1.")) {
                throw ContainerCheck.MANIFEST.refuse(version, "only image layouts of version 1 are supported");
            }
            Descriptor root = choose(archive, reference);
            Blobs blobs = new Blobs(archive);
            byte[] manifest = ImageResolver.verified(blobs.manifest(root), root);
            ContainerImage image = new ImageResolver(blobs, choice).resolve(manifest, root.digest());
            return new OciArchiveStore(archive, reference, image);
        } catch (IOException e) {
            archive.close();
            throw e;
        }
    }

    private static Descriptor choose(ArchiveFile archive, ImageReference.OciArchive reference) throws IOException {
        List<Named> all = new ArrayList<>();
        for (JsonNode node : Json.objects(Json.object(archive.document("index.json"), "index.json"), "manifests")) {
            all.add(new Named(ManifestParser.descriptor(node),
                    Optional.ofNullable(Json.map(node, "annotations").get(REF_NAME))));
        }
        List<Named> matching = reference.tag().isEmpty()
                ? all
                : all.stream().filter(named -> named.name().equals(reference.tag())).toList();
        if (matching.size() == 1) {
            return matching.getFirst().manifest();
        }
        String names = all.stream().map(named -> named.name().orElse("(unnamed)")).limit(32).map(Text::brief)
                .collect(Collectors.joining(", "));
        throw new NeedsUserException(NeedsUserException.Reason.NOT_FOUND, "failed to pull image: " + reference
                + (matching.isEmpty() ? ": no such image in the archive" : ": more than one image in the archive")
                + ", name one of: " + names);
    }

    @Override
    public String displayName() {
        return reference.toString();
    }

    @Override
    public Source blob(Descriptor layer) throws IOException {
        return archive.blob(Blobs.path(layer), layer.digest());
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    /** The layout's blobs. */
    private record Blobs(ArchiveFile archive) implements ImageResolver.Documents {

        static String path(Descriptor blob) {
            return "blobs/" + blob.digest().algorithm().id() + "/" + blob.digest().hex();
        }

        @Override
        public byte[] manifest(Descriptor manifest) throws IOException {
            return archive.document(path(manifest));
        }

        @Override
        public byte[] config(Descriptor config) throws IOException {
            return archive.document(path(config));
        }
    }
}
