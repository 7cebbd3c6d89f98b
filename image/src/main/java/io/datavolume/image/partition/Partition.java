package io.datavolume.image.partition;

/**
 * One partition.
 *
 * @param index number as the kernel counts it, 1 or more
 * @param type name of the type where it is known, else its GUID, or "type 0x83" in an MBR
 * @param name label from a GPT, printable; empty where there is none
 * @param start first byte in the disk
 * @param size bytes
 */
public record Partition(int index, String type, String name, long start, long size) {

    /** First byte after the partition. */
    public long end() {
        return start + size;
    }
}
