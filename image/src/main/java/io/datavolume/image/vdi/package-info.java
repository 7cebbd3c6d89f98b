/** VirtualBox disk image: dynamic and static. */
@NullMarked
package io.datavolume.image.vdi;

import org.jspecify.annotations.NullMarked;
