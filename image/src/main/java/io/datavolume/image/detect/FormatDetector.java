package io.datavolume.image.detect;

import io.datavolume.image.Format;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.decode.OpenEnd;
import io.datavolume.image.vhd.VhdFooter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which format a file has, once, before anything in it is interpreted.
 *
 * <ul>
 * <li>Declared raw is raw, whatever the bytes look like: they are imported as they are and no magic in them is
 * followed, so a guest cannot make its disk be read as something else (CVE-2026-24708).
 * <li>Any other declared format must be the only one whose magic matches.
 * <li>Undeclared content is what its magic says; without one it is raw. Content with a qcow2 magic is qcow2, with
 * all the checks of that format, and never raw: a later tool that guesses would read it as qcow2.
 * <li>More than one match is a polyglot and refused. LUKS is not a format: it is imported as raw.
 * <li>A web page is refused: servers answer with one, and with success, where a login is asked for or a mirror is gone.
 * </ul>
 *
 * <p>A fixed VHD is known by its footer alone. A forward stream does not show it in time; there
 * {@link OpenEnd} decides at the end.
 */
public final class FormatDetector {

    /** Bytes of the head that are looked at; fewer only where the file is shorter. */
    public static final int HEAD_BYTES = 36 << 10;
    /** Bytes of the tail that are looked at. */
    public static final int TAIL_BYTES = VhdFooter.LENGTH;

    private static final int PAGE_BYTES = 256;
    private static final Pattern PAGE = Pattern.compile("(\u00ef\u00bb\u00bf)?\\s*+<(!doctype\\s+html|html)[\\s>]",
            Pattern.CASE_INSENSITIVE);

    private static final int DMG_MAGIC = 0x6b6f6c79; // "koly"
    private static final String DMG = "Apple disk image (dmg)";

    /** What matched: a format or the name of one that is not supported, and where. */
    private record Match(String title, Optional<Format> format, long offset) {}

    private FormatDetector() {}

    /**
     * @param head first bytes of the file, position to limit, {@link #HEAD_BYTES} where it has that many
     * @param tail last 512 bytes, where the file can be read at random and has that many
     * @param length bytes of the file, where known
     * @param declared what the user or the registry said
     * @return the format to import as
     * @throws ImageRefusedException naming the {@link DetectCheck}s that are violated
     */
    public static Format detect(ByteBuffer head, Optional<ByteBuffer> tail, OptionalLong length,
            Optional<Format> declared) throws ImageRefusedException {
        if (declared.equals(Optional.of(Format.RAW))) {
            return Format.RAW;
        }
        SafetyReport report = new SafetyReport("image", Arrays.asList(DetectCheck.values()));
        List<Match> matches = new ArrayList<>(inHead(head.slice().order(ByteOrder.BIG_ENDIAN)));
        tail.ifPresent(bytes -> inTail(bytes.slice().order(ByteOrder.BIG_ENDIAN), length, matches, report));

        Set<String> titles = matches.stream().map(Match::title).collect(Collectors.toCollection(LinkedHashSet::new));
        report.check(DetectCheck.POLYGLOT, titles.size() <= 1, matches.isEmpty() ? -1 : matches.getLast().offset(),
                String.join(", ", titles),
                "the image matches more than one format, so programs disagree about what is in it: convert it anew "
                        + "from a trusted copy");
        for (Match match : matches) {
            report.check(DetectCheck.SUPPORTED_FORMAT, match.format().isPresent(), match.offset(), match.title(),
                    "format " + match.title() + " is recognised and not supported: convert the image to qcow2 or raw");
        }
        report.check(DetectCheck.WEB_PAGE, !isWebPage(head), 0, start(head),
                "it is a web page, such as a login or an error page, and not an image: check the URL");
        declared.ifPresent(format -> checkDeclared(format, matches, head, tail.isPresent(), report));
        report.enforce();
        return declared.orElseGet(() -> matches.isEmpty() ? Format.RAW : matches.getFirst().format().orElseThrow());
    }

    /**
     * The name of a supported format whose magic stands in the head, for content that is known to be something else.
     *
     * @param head as for {@link #detect}
     */
    public static Optional<String> imageAt(ByteBuffer head) {
        return inHead(head.slice().order(ByteOrder.BIG_ENDIAN)).stream().filter(match -> match.format().isPresent())
                .map(Match::title).findFirst();
    }

    private static List<Match> inHead(ByteBuffer head) {
        return Arrays.stream(Magic.values()).filter(magic -> magic.matches(head))
                .map(magic -> new Match(magic.title(), magic.format(), magic.offset())).toList();
    }

    private static void inTail(ByteBuffer tail, OptionalLong length, List<Match> matches, SafetyReport report) {
        long offset = length.isPresent() ? length.getAsLong() - tail.limit() : -1;
        if (tail.limit() != TAIL_BYTES) {
            return;
        }
        if (tail.getInt(0) == DMG_MAGIC) {
            matches.add(new Match(DMG, Optional.empty(), offset));
        }
        boolean vhdHead = matches.stream().anyMatch(match -> match.format().equals(Optional.of(Format.VHD)));
        if (!VhdFooter.hasCookie(tail) || vhdHead) {
            return;
        }
        matches.add(new Match(Format.VHD.id(), Optional.of(Format.VHD), offset));
        OptionalLong size = VhdFooter.fixedDiskSize(tail);
        report.check(DetectCheck.VHD_FOOTER,
                size.isPresent() && (length.isEmpty() || size.getAsLong() == length.getAsLong() - TAIL_BYTES), offset,
                size.isPresent() ? size.getAsLong() : "invalid",
                "the file ends with a VHD footer that is damaged or does not describe the bytes before it: declare "
                        + "the format as raw to import it as it is");
    }

    private static void checkDeclared(Format declared, List<Match> matches, ByteBuffer head, boolean tailSeen,
            SafetyReport report) {
        boolean matched = matches.stream().anyMatch(match -> match.format().equals(Optional.of(declared)));
        // A stream shows the footer of a fixed VHD last; the one who reads it to the end checks it.
        boolean later = declared == Format.VHD && !tailSeen && matches.isEmpty();
        String seen = matches.isEmpty() ? start(head) : matches.getFirst().title();
        report.check(DetectCheck.DECLARED_FORMAT, matched || later, 0, seen, "the image is declared as "
                + declared.id() + " but is not: correct the declared format or leave it out");
    }

    /** Whether it begins as HTML does, after a byte order mark and white space. */
    private static boolean isWebPage(ByteBuffer head) {
        byte[] bytes = new byte[Math.min(PAGE_BYTES, head.remaining())];
        head.get(head.position(), bytes);
        return PAGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    private static String start(ByteBuffer head) {
        byte[] bytes = new byte[Math.min(8, head.remaining())];
        head.get(head.position(), bytes);
        return "\"" + new String(bytes, StandardCharsets.US_ASCII) + "\"";
    }
}
