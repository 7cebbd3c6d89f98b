/** Decoding of one stored cluster or grain. */
@NullMarked
package io.datavolume.image.codec;

import org.jspecify.annotations.NullMarked;
