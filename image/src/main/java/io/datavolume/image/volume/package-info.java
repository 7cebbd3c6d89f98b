/** Where a disk lands: sparse files and block devices, preallocation, durable completion. */
@NullMarked
package io.datavolume.image.volume;

import org.jspecify.annotations.NullMarked;
