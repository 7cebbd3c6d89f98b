package io.datavolume.importer.registry;

import java.util.List;

/**
 * One image, chosen and verified down to its configuration; the layers are verified when they are read.
 *
 * @param reference digest of what the reference names: of the index, where there is one. Pin this.
 * @param manifest digest of the manifest of the chosen platform; in a docker-archive, of the configuration
 * @param config the image's configuration
 * @param layers from the lowest to the uppermost
 */
public record ContainerImage(Digest reference, Digest manifest, ImageConfig config, List<Descriptor> layers) {

    public ContainerImage {
        layers = List.copyOf(layers);
    }
}
