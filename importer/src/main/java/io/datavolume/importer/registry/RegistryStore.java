package io.datavolume.importer.registry;

import io.datavolume.importer.source.Source;
import java.io.IOException;

/** An image in a registry. */
record RegistryStore(RegistryClient client, ContainerImage image) implements ImageStore {

    static RegistryStore open(ImageReference.Remote reference, PlatformChoice choice, RegistryHttp http,
            RegistryAccess access) throws IOException {
        RegistryClient client = RegistryClient.connect(http, reference, access);
        byte[] root = client.rootManifest();
        Digest digest = reference.digest().orElse(Digest.of(Digest.Algorithm.SHA256, root));
        return new RegistryStore(client, new ImageResolver(client, choice).resolve(root, digest));
    }

    @Override
    public String displayName() {
        return client.displayName();
    }

    @Override
    public Source blob(Descriptor layer) {
        return new RegistryBlob(client, layer);
    }

    @Override
    public void close() {
        // the HTTP transport is its owner's
    }
}
