/** Compressions around an image: detection, streams with restart points, parallel xz. */
@NullMarked
package io.datavolume.image.compress;

import org.jspecify.annotations.NullMarked;
