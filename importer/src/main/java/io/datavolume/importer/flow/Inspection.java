package io.datavolume.importer.flow;

import io.datavolume.image.SafetyReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source holds, found out without importing it.
 *
 * @param source display name
 * @param sourceLength bytes of the source, -1 where it does not say
 * @param layers what is inside what, outermost first: {@code xz}, {@code tar}, {@code qcow2}
 * @param format format of the image
 * @param virtualSize bytes of the virtual disk, -1 where only reading all would tell
 * @param allocatedBytes guest bytes with stored data, as far as the tables were read; -1 where unknown
 * @param complete whether all tables were read, and nothing refused
 * @param notRead what was not read and why, for people; empty when complete
 * @param facts facts of the format, in display order
 * @param checks every safety check with its result
 * @param refusal why the image would be refused, if it would
 * @param partitions lines that describe the partition table; empty where there is none or it was not reached
 * @param bytesRead bytes read of the source to find this out
 * @param labels labels of a container image
 */
public record Inspection(String source, long sourceLength, List<String> layers, String format, long virtualSize,
        long allocatedBytes, boolean complete, List<String> notRead, Map<String, Object> facts,
        List<SafetyReport.Line> checks, Optional<String> refusal, List<String> partitions, long bytesRead,
        Map<String, String> labels) {}
