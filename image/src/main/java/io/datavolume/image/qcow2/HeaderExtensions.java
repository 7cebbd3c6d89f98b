package io.datavolume.image.qcow2;

import io.datavolume.image.SafetyReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The <a href="https://www.qemu.org/docs/master/interop/qcow2.html#header-extensions">header extensions</a> that
 * matter to a reader; all others may be ignored.
 *
 * @param dataFile name of the external data file
 * @param encryptionHeaderAt place of a pointer to a LUKS header in the file, or -1
 */
record HeaderExtensions(Optional<String> dataFile, long encryptionHeaderAt) {

    private static final int END = 0;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int ENCRYPTION_HEADER = 0x0537be77;
    private static final int PREFIX = 8;

    private static final Pattern USER_INFO = Pattern.compile("://[^/\"]*@");
    private static final Pattern QUERY = Pattern.compile("\\?[^\"\\s]*");
    /** Members of a {@code json:} name that carry credentials. */
    private static final Pattern SECRET = Pattern
            .compile("(\"[^\"]*(?:password|cookie|secret|token|key)[^\"]*\"\\s*:\\s*)\"[^\"]*\"");

    /**
     * Walks the extensions up to their end marker, or to the end of what was read.
     *
     * @param area the file's first bytes
     */
    static HeaderExtensions parse(ByteBuffer area, Qcow2Header header, SafetyReport report) {
        Optional<String> dataFile = Optional.empty();
        long encryption = -1;
        long at = header.headerLength();
        while (at + PREFIX <= area.limit() && area.getInt((int) at) != END) {
            int type = area.getInt((int) at);
            long length = Integer.toUnsignedLong(area.getInt((int) at + Integer.BYTES));
            long data = at + PREFIX;
            if (!report.check(Qcow2Check.HEADER_EXTENSIONS, length <= header.clusterSize() - data, at, length,
                    "the header extension is longer than what remains of the first cluster")) {
                break;
            }
            switch (type) {
                case DATA_FILE_NAME -> dataFile = Optional.of(text(area, data, length));
                case ENCRYPTION_HEADER -> encryption = at;
                default -> {
                    // "Unknown header extension, can be safely ignored"
                }
            }
            at = data + Math.ceilDiv(length, (long) PREFIX) * PREFIX;
        }
        report.check(Qcow2Check.HEADER_EXTENSIONS, true, -1, "", "");
        return new HeaderExtensions(dataFile, encryption);
    }

    /**
     * A string of the header for people, as far as it lies in what was read. It may be a URL or a {@code json:}
     * name, so user info, queries and secrets are cut out.
     *
     * @param offset any number
     * @param length 0 or more
     */
    static String text(ByteBuffer area, long offset, long length) {
        if (offset < 0 || offset >= area.limit()) {
            return "(name outside the header)";
        }
        byte[] name = new byte[(int) Math.min(Math.min(length, 1023), area.limit() - offset)];
        area.get((int) offset, name);
        String cleaned = new String(name, StandardCharsets.UTF_8);
        cleaned = USER_INFO.matcher(cleaned).replaceAll("://");
        cleaned = SECRET.matcher(cleaned).replaceAll("$1\"...\"");
        return QUERY.matcher(cleaned).replaceAll("");
    }
}
