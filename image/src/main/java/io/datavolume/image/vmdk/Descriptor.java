package io.datavolume.image.vmdk;

import java.util.List;
import java.util.Map;

/**
 * The text descriptor of a disk.
 *
 * @param createType kind of disk: {@code monolithicSparse}
 * @param extents the lines that say where the data is
 * @param settings all {@code key = value} lines, keys in lower case, with the disk database ({@code ddb.…})
 */
record Descriptor(String createType, List<ExtentLine> extents, Map<String, String> settings) {

    /**
     * One extent line. The name is shown and compared, never opened.
     *
     * @param access {@code RW}, {@code RDONLY} or {@code NOACCESS}
     * @param sectors size, 1 or more
     * @param type {@code SPARSE}, {@code FLAT}, {@code VMFS}, {@code ZERO}…
     * @param name file name, empty for types without a file
     * @param offset sector in the named file where the data begins; -1 where the line has none
     */
    record ExtentLine(String access, long sectors, String type, String name, long offset) {}

    Descriptor {
        extents = List.copyOf(extents);
        settings = Map.copyOf(settings);
    }
}
