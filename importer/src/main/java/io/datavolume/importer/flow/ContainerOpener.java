package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.http.HttpOptions;
import io.datavolume.importer.http.HttpTransport;
import io.datavolume.importer.registry.ContainerDisk;
import io.datavolume.importer.registry.DiskFile;
import io.datavolume.importer.registry.DockerConfig;
import io.datavolume.importer.registry.ImageMetadata;
import io.datavolume.importer.registry.ImageReference;
import io.datavolume.importer.registry.ImageStore;
import io.datavolume.importer.registry.PlatformChoice;
import io.datavolume.importer.registry.RegistryAccess;
import io.datavolume.importer.registry.RegistryCredentials;
import io.datavolume.importer.registry.TarLimits;
import io.datavolume.importer.registry.TransportHttp;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens the disk of a container image, wherever the image is kept. */
final class ContainerOpener {

    private static final long MAX_CONFIG = 1 << 20;

    private ContainerOpener() {}

    /** @param restartable whether a later run may go on behind the beginning */
    static OpenedSource open(SourceSpec spec, Secrets secrets, HttpOptions options, boolean restartable,
            Consumer<String> warnings) throws IOException {
        ImageReference reference = ImageReference.parse(spec.location());
        // Credentials belong to the registry's own login, not to every request.
        HttpTransport transport = new HttpTransport(
                options.withCredentials(Optional.empty(), Optional.empty(), options.headers()));
        Closeable opened = transport;
        try {
            ImageStore store = ImageStore.open(reference, PlatformChoice.of(spec.platform()),
                    new TransportHttp(transport),
                    new RegistryAccess(credentials(spec, secrets, reference, warnings), spec.insecure(),
                            options.retry(), warnings));
            opened = () -> closeBoth(store, transport);
            ImageMetadata metadata = ImageMetadata.of(store.image());
            ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, restartable);
            DiskFile file = disk.open();
            return new OpenedSource.Container(new ContainerSource(store.displayName(), disk, file, metadata.digest()),
                    disk, metadata,
                    store, transport);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static void closeBoth(ImageStore store, HttpTransport transport) throws IOException {
        try (transport) {
            store.close();
        }
    }

    private static RegistryCredentials credentials(SourceSpec spec, Secrets secrets, ImageReference reference,
            Consumer<String> warnings) throws IOException {
        if (secrets.user().isPresent() && secrets.password().isPresent()) {
            return basic(secrets.user().get(), secrets.password().get());
        }
        if (spec.dockerConfig().isEmpty() || !(reference instanceof ImageReference.Remote remote)) {
            return new RegistryCredentials.Anonymous();
        }
        Path file = Path.of(spec.dockerConfig().get());
        if (Files.size(file) > MAX_CONFIG) {
            throw new NeedsUserException(Reason.USAGE,
                    "Tried to read " + file + " but it is larger than " + MAX_CONFIG + " bytes");
        }
        DockerConfig config = DockerConfig.parse(Files.readAllBytes(file));
        config.warning().ifPresent(warnings);
        return config.credentialsFor(remote);
    }

    private static RegistryCredentials basic(String user, String password) throws NeedsUserException {
        try {
            return new RegistryCredentials.Basic(user, password);
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(Reason.USAGE, "The credentials cannot be used: " + e.getMessage(), e);
        }
    }
}
