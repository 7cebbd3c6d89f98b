package io.datavolume.image.compress;

/**
 * What decompression may take from the machine.
 *
 * @param memoryBytes memory for dictionaries and blocks in flight, in bytes, above 0; what single-threaded decoding
 *     needs of itself (80 MiB for xz, 128 MiB for zstd) is always granted
 * @param parallelism threads that may decode at the same time, from 1
 */
public record DecodeLimits(long memoryBytes, int parallelism) {

    public DecodeLimits {
        if (memoryBytes <= 0 || parallelism < 1) {
            throw new IllegalArgumentException(
                    "memoryBytes " + memoryBytes + " must be above 0 and parallelism " + parallelism + " at least 1");
        }
    }
}
