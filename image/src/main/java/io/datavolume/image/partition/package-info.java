/** Partition tables at the head of a virtual disk, for people: nothing in an import depends on them. */
@NullMarked
package io.datavolume.image.partition;

import org.jspecify.annotations.NullMarked;
