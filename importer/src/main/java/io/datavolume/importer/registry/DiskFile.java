package io.datavolume.importer.registry;

import java.io.InputStream;

/**
 * The disk of a container image, as it passes.
 *
 * @param name file name below {@code /disk/}
 * @param length in bytes
 * @param content the file's bytes; not verified before {@link ContainerDisk#verifyRest()} has returned
 * @param position where it is stored
 */
public record DiskFile(String name, long length, InputStream content, DiskPosition position) {}
