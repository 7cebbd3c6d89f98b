/** Microsoft VHDX with log replay. */
@NullMarked
package io.datavolume.image.vhdx;

import org.jspecify.annotations.NullMarked;
