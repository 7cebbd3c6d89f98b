/** VMware sparse disks: monolithicSparse, streamOptimized, monolithicFlat in one file. */
@NullMarked
package io.datavolume.image.vmdk;

import org.jspecify.annotations.NullMarked;
