/** QEMU copy-on-write, versions 2 and 3. */
@NullMarked
package io.datavolume.image.qcow2;

import org.jspecify.annotations.NullMarked;
