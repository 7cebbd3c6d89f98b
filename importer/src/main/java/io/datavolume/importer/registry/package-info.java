/**
 * OCI registries and image archives as sources: {@link io.datavolume.importer.registry.ImageReference} names an image,
 * {@link io.datavolume.importer.registry.ImageStore} opens it,
 * {@link io.datavolume.importer.registry.ImageMetadata} tells of it,
 * {@link io.datavolume.importer.registry.ContainerDisk} reads its disk.
 */
@NullMarked
package io.datavolume.importer.registry;

import org.jspecify.annotations.NullMarked;
