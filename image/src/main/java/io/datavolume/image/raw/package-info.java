/** Raw disks and ISO 9660 images: the file is the disk. Also a fixed VHD met at the end of a stream. */
@NullMarked
package io.datavolume.image.raw;

import org.jspecify.annotations.NullMarked;
