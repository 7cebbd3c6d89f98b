package io.datavolume.standalone.node;

import java.nio.file.Path;

/**
 * A pod's volume as it is on this machine.
 *
 * @param path a folder, or what stands for a block device
 * @param capacity bytes of a claim's volume; 0 for what is no claim
 */
record PreparedVolume(Path path, long capacity) {}
