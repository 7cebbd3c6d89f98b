package io.datavolume.importer.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An OCI image layout in a folder, its layers made by tar, gzip, zstd and xz. */
final class TestImage {

    static final String NAME = "org.opencontainers.image.ref.name";

    private final Path folder;
    private final List<String> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();
    private final List<String> manifests = new ArrayList<>();
    String architecture = "amd64";
    String config = "{}";

    TestImage(Path parent) throws IOException {
        folder = Files.createDirectories(parent.resolve("layout"));
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** Adds a layer on top: shell lines run in an empty folder, then everything in it is put into a tar. */
    TestImage layer(String shell) throws IOException, InterruptedException {
        return layer(shell + "; tar -cf ../layer.tar --owner=107 --group=107 *", "");
    }

    /** Adds a layer on top: shell lines that make {@code ../layer.tar}, and a compressor or "". */
    TestImage layer(String shell, String compressor) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory(folder.getParent(), "root");
        Path work = Files.createDirectory(root.resolve("in"));
        Tools.shell(work, shell);
        byte[] tar = Files.readAllBytes(root.resolve("layer.tar"));
        diffIds.add(Digest.of(Digest.Algorithm.SHA256, tar).toString());
        String type = "application/vnd.oci.image.layer.v1.tar";
        if (!compressor.isEmpty()) {
            Tools.shell(root, compressor + " -c < layer.tar > layer.packed");
            tar = Files.readAllBytes(root.resolve("layer.packed"));
            type += compressor.startsWith("gzip") ? "+gzip" : compressor.startsWith("zstd") ? "+zstd" : "";
        }
        return blobLayer(type, tar);
    }

    /** Adds a layer of these very bytes. */
    TestImage blobLayer(String type, byte[] content) throws IOException {
        layers.add(descriptor(type, content, ""));
        return this;
    }

    /** Ends an image; the next layers belong to the next one. */
    TestImage image(String extra) throws IOException {
        byte[] configuration = """
                {"architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}"""
                .formatted(architecture, config, quoted(diffIds)).getBytes(StandardCharsets.UTF_8);
        byte[] manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(MediaTypes.OCI_MANIFEST,
                descriptor(MediaTypes.OCI_CONFIG, configuration, ""), String.join(",", layers))
                .getBytes(StandardCharsets.UTF_8);
        manifests.add(descriptor(MediaTypes.OCI_MANIFEST, manifest, extra));
        layers.clear();
        diffIds.clear();
        return this;
    }

    /** Ends an image that an index lists for an architecture. */
    TestImage imageFor(String forArchitecture) throws IOException {
        architecture = forArchitecture;
        return image(",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + forArchitecture + "\"}");
    }

    /** Puts the images so far into one index, which then is the only entry. */
    TestImage index() throws IOException {
        byte[] index = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(MediaTypes.OCI_INDEX,
                String.join(",", manifests)).getBytes(StandardCharsets.UTF_8);
        manifests.clear();
        manifests.add(descriptor(MediaTypes.OCI_INDEX, index, ",\"annotations\":{\"" + NAME + "\":\"latest\"}"));
        return this;
    }

    /** The layout as a folder; ends the image if that was not done. */
    Path layout() throws IOException {
        if (manifests.isEmpty()) {
            image(",\"annotations\":{\"" + NAME + "\":\"latest\"}");
        }
        Files.writeString(folder.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", manifests) + "]}");
        return folder;
    }

    /** The layout as an archive. */
    Path archive() throws IOException, InterruptedException {
        Path archive = folder.resolveSibling("image.tar");
        Tools.run(layout(), "tar", "-cf", archive.toString(), ".");
        return archive;
    }

    ImageStore store() throws IOException, InterruptedException {
        return ImageStore.open(ImageReference.parse("oci-archive:" + archive()),
                new PlatformChoice(Platform.linux("amd64"), false), new JdkHttp(), RegistryStoreTest.STRICT);
    }

    private String descriptor(String type, byte[] content, String extra) throws IOException {
        Digest digest = Digest.of(Digest.Algorithm.SHA256, content);
        Files.write(folder.resolve("blobs/sha256").resolve(digest.hex()), content);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}".formatted(type, digest, content.length, extra);
    }

    private static String quoted(List<String> texts) {
        return texts.isEmpty() ? "" : "\"" + String.join("\",\"", texts) + "\"";
    }
}
