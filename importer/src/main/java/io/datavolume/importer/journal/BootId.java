package io.datavolume.importer.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells one run of the machine from the next: what was written but not synced survives the death of a process, not
 * that of the machine (<a href="https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html">proc_sys_kernel(5)</a>,
 * random/boot_id).
 */
final class BootId {

    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LENGTH = 36;

    private BootId() {}

    /** Empty where the system does not tell. */
    static String current() {
        try {
            String id = Files.readString(FILE).strip();
            return id.length() == LENGTH ? id : "";
        } catch (IOException e) {
            return "";
        }
    }
}
