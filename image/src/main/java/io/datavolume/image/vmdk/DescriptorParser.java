package io.datavolume.image.vmdk;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text descriptor strictly: a line that is not understood could mean another file to someone else, so it
 * is refused. Understood are comments, blank lines, the settings of the header section, extent lines and the disk
 * database ({@code ddb.…}), as VMware, VirtualBox and QEMU write them. The text ends at its first NUL.
 *
 * <p>Specification: <a href="https://www.vmware.com/app/vmdk/?src=vmdk">Virtual Disk Format 1.1</a>, section
 * "The Descriptor File".
 */
final class DescriptorParser {

    private static final Pattern EXTENT = Pattern.compile("(RW|RDONLY|NOACCESS)[ \\t]++(\\d{1,19})[ \\t]++"
            + "([A-Za-z0-9]{1,32})(?:[ \\t]++\"([^\"]*+)\")?+(?:[ \\t]++(\\d{1,19}))?+");
    private static final Pattern CID = Pattern.compile("[0-9a-fA-F]{1,8}");
    private static final Pattern ZERO_UUID = Pattern.compile("[0-]*");
    private static final String NO_PARENT = "ffffffff";
    private static final Set<String> UNDERSTOOD = Set.of("version", "encoding", "cid", "parentcid",
            "isnativesnapshot", "createtype");

    private final SafetyReport report;
    private final long at;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Descriptor.ExtentLine> extents = new ArrayList<>();

    /**
     * QEMU writes a new CID of one to eight digits into the text in memory: behind the end of a shorter one stand the
     * last characters of the longer, which nobody reads.
     */
    private static final int REMAINS = 8;

    private DescriptorParser(SafetyReport report, long at) {
        this.report = report;
        this.at = at;
    }

    /**
     * @param bytes the descriptor with its padding
     * @param at file offset of the descriptor, for messages
     */
    static Descriptor parse(ByteBuffer bytes, SafetyReport report, long at) throws ImageRefusedException {
        return new DescriptorParser(report, at).parse(bytes);
    }

    private Descriptor parse(ByteBuffer bytes) throws ImageRefusedException {
        byte[] text = new byte[bytes.remaining()];
        bytes.slice().get(text);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        for (int i = end + 1 + REMAINS; i < text.length; i++) {
            if (text[i] != 0) {
                report.demand(VmdkCheck.DESCRIPTOR_LINES, false, at + i, text[i],
                        "the padding of the descriptor is not empty");
            }
        }
        // Latin-1 keeps every byte as one character, whatever the descriptor says of its encoding.
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || text[i] == '\n') {
                line(new String(text, start, i - start, StandardCharsets.ISO_8859_1).strip(), at + start);
                start = i + 1;
            }
        }
        return complete();
    }

    private void line(String line, long offset) throws ImageRefusedException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher extent = EXTENT.matcher(line);
        if (extent.matches()) {
            extents.add(new Descriptor.ExtentLine(extent.group(1), number(extent.group(2)), extent.group(3),
                    orEmpty(extent.group(4)), extent.group(5) == null ? -1 : number(extent.group(5))));
            return;
        }
        int equals = line.indexOf('=');
        report.demand(VmdkCheck.DESCRIPTOR_LINES, equals > 0, offset, line, "the line is not understood");
        setting(line.substring(0, equals).strip(), value(line.substring(equals + 1).strip()), offset);
    }

    private void setting(String name, String value, long offset) throws ImageRefusedException {
        String key = name.toLowerCase(Locale.ROOT);
        report.demand(VmdkCheck.PARENT, !key.equals("parentfilenamehint"), offset, value,
                "the image depends on a parent image; consolidate its snapshots first");
        report.demand(VmdkCheck.EXTENTS, !key.equals("changetrackpath"), offset, value,
                "the image names a change tracking file; export the disk as one file");
        report.demand(VmdkCheck.DESCRIPTOR_LINES, UNDERSTOOD.contains(key) || key.startsWith("ddb."), offset, name,
                "the setting is not known");
        report.demand(VmdkCheck.DESCRIPTOR_LINES,
                settings.putIfAbsent(key, value) == null || !UNDERSTOOD.contains(key), offset, name,
                "the setting is given twice");
        report.demand(VmdkCheck.PARENT, !key.equals("ddb.uuid.parent") || ZERO_UUID.matcher(value).matches(), offset,
                value, "the image depends on a parent image; merge it with its parent first");
        report.demand(VmdkCheck.PARENT, !key.equals("parentcid") || value.equalsIgnoreCase(NO_PARENT), offset, value,
                "the image depends on a parent image; consolidate its snapshots first");
    }

    private Descriptor complete() throws ImageRefusedException {
        String version = settings.getOrDefault("version", "");
        report.check(VmdkCheck.DESCRIPTOR_LINES, Set.of("1", "2", "3").contains(version), at, version,
                "the version of the descriptor must be 1, 2 or 3");
        String cid = settings.getOrDefault("cid", "");
        report.check(VmdkCheck.DESCRIPTOR_LINES, CID.matcher(cid).matches(), at, cid,
                "the content ID of the descriptor must be a hexadecimal number");
        report.check(VmdkCheck.PARENT, settings.containsKey("parentcid"), at, "",
                "the descriptor does not say that the image has no parent (parentCID=ffffffff)");
        report.check(VmdkCheck.EXTENTS, !extents.isEmpty(), at, 0, "the descriptor has no extent");
        report.enforce();
        return new Descriptor(settings.getOrDefault("createtype", ""), extents, settings);
    }

    private static String value(String quoted) {
        boolean isQuoted = quoted.length() >= 2 && quoted.startsWith("\"") && quoted.endsWith("\"");
        return isQuoted ? quoted.substring(1, quoted.length() - 1) : quoted;
    }

    /** At most 19 digits; what does not fit a long is more than any disk holds, and is refused as that. */
    private static long number(@Nullable String digits) {
        try {
            return Long.parseLong(orEmpty(digits));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
