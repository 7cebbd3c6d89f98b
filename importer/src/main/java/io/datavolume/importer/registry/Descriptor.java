package io.datavolume.importer.registry;

import java.util.Optional;

/**
 * What points at content, as in
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">OCI content descriptors</a>.
 *
 * @param mediaType type of the content
 * @param digest of the content as it is stored
 * @param size of the content as it is stored, in bytes, 0 or more
 * @param platform in an index: what the image is for
 */
public record Descriptor(String mediaType, Digest digest, long size, Optional<Platform> platform) {

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("a descriptor's size is negative: " + size);
        }
    }
}
