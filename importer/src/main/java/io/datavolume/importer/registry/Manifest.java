package io.datavolume.importer.registry;

import java.util.List;

/** What a tag or digest names: one image, or a list of images for several platforms. */
sealed interface Manifest {

    /**
     * One image.
     *
     * @param config the image's configuration
     * @param layers from the lowest to the uppermost
     */
    record Image(Descriptor config, List<Descriptor> layers) implements Manifest {}

    /** Images or further indexes, in the order in which they are preferred. */
    record Index(List<Descriptor> manifests) implements Manifest {}
}
