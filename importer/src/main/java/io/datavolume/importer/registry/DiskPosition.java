package io.datavolume.importer.registry;

import io.datavolume.importer.source.Source;

/**
 * Where the disk was found, for going on after a crash: a plain layer has the disk's bytes at their offset; a
 * compressed one has them behind its decompressor.
 *
 * @param layer index into {@link ContainerImage#layers()}
 * @param blob the layer's bytes as they are stored
 * @param compressed whether the blob is compressed, by content
 * @param offset of the disk's first byte in the unpacked layer
 * @param contiguous false if the entry is a sparse one, whose bytes are not stored one after the other
 */
public record DiskPosition(int layer, Source blob, boolean compressed, long offset, boolean contiguous) {}
