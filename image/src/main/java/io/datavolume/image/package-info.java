/**
 * The image engine: disk formats as layouts, extents, safety checks.
 *
 * <p>A {@link io.datavolume.image.DiskLayout} asks for metadata, is fed, and maps; the drivers in
 * {@code decode} do the I/O. Failures are the sealed types of {@code failure}. To add a format: a
 * package with one {@code DiskLayout}, its {@link io.datavolume.image.SafetyCheck} enum, and one line in
 * {@link io.datavolume.image.Format}.
 */
@NullMarked
package io.datavolume.image;

import org.jspecify.annotations.NullMarked;
