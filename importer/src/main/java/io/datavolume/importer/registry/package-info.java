/** OCI registries and image archives as sources. */
@NullMarked
package io.datavolume.importer.registry;

import org.jspecify.annotations.NullMarked;
