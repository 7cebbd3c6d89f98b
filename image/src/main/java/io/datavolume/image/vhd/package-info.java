/** Microsoft virtual hard disk (vpc): fixed and dynamic. */
@NullMarked
package io.datavolume.image.vhd;

import org.jspecify.annotations.NullMarked;
