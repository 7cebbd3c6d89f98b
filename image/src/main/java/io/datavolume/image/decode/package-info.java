/** The two drivers, forward and random access, that move data for every format. */
@NullMarked
package io.datavolume.image.decode;

import org.jspecify.annotations.NullMarked;
