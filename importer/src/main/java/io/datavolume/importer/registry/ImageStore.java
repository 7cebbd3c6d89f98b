package io.datavolume.importer.registry;

import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;

/** Where one image is kept: a registry, an OCI archive, a Docker archive. */
public interface ImageStore extends Closeable {

    /** The image's name, for people. */
    String displayName();

    /** The chosen image; its manifest and configuration are verified. Read once, when the store is opened. */
    ContainerImage image();

    /**
     * The bytes of one layer as they are stored, with the digest as their validator. They are not verified: read
     * them through {@link ContainerDisk}.
     *
     * @param layer one of {@link ContainerImage#layers()}
     */
    Source blob(Descriptor layer) throws IOException;

    /**
     * Opens the place that a reference names.
     *
     * @param http used for registries only
     * @param access used for registries only
     */
    static ImageStore open(ImageReference reference, PlatformChoice choice, RegistryHttp http, RegistryAccess access)
            throws IOException {
        return switch (reference) {
            case ImageReference.Remote remote -> RegistryStore.open(remote, choice, http, access);
            case ImageReference.OciArchive archive -> OciArchiveStore.open(archive, choice);
            case ImageReference.DockerArchive archive -> DockerArchiveStore.open(archive, choice);
        };
    }

    /**
     * The digest of what a registry serves under a reference, index or image, without choosing a platform: what a
     * poller compares.
     */
    static Digest digest(ImageReference.Remote reference, RegistryHttp http, RegistryAccess access)
            throws IOException {
        byte[] manifest = RegistryClient.connect(http, reference, access).rootManifest();
        return reference.digest().orElse(Digest.of(Digest.Algorithm.SHA256, manifest));
    }
}
