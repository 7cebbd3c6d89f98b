package io.datavolume.image.volume;

/** How much of a file target is allocated before it is needed. Devices are what they are. */
public enum Preallocation {
    /** Blocks only where data is; zeros are holes. */
    OFF,
    /** Blocks for the whole disk, reserved by the filesystem, or written as zeros where it cannot. */
    FALLOC,
    /** Every byte of the disk is written, zeros included. */
    FULL
}
