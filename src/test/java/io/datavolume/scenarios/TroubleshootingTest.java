package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.datavolume.image.SafetyCheck;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The troubleshooting page knows what a user can meet. */
class TroubleshootingTest {

    private static final Pattern FAILURE = Pattern
            .compile("(?:new (?:NeedsUser|Retryable|NeedsScratch|Failed)Exception|Main\\.usage)\\((.*?);\\n",
                    Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A check that is named where it is made. */
    private static final Pattern NAMED_CHECK = Pattern
            .compile("(?:new Violation\\(|Damage\\.refused\\([^,]*,|return refused\\(kind,)\\s*\"([a-z-]+)\"");
    private static final Pattern NO_WORD = Pattern.compile("[^\\w'-]+");
    private static final int WORDS = 4;

    private static String page;
    private static String words;
    private static List<Path> sources;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(HouseTest.ROOT.resolve("docs/troubleshooting.md"));
        words = words(page);
        sources = Stream.of("image/src/main", "importer/src/main", "standalone/src/main")
                .flatMap(HouseTest::javaFiles).toList();
    }

    @Test
    void everyReasonIsThere() {
        assertEquals(List.of(), Arrays.stream(Reason.values()).map(Reason::name)
                .filter(reason -> !page.contains("`" + reason + "`")).toList());
    }

    @Test
    void everySafetyCheckIsThere() throws IOException {
        List<String> checks = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.datavolume")) {
            if (type.isEnum() && type.isAssignableTo(SafetyCheck.class)) {
                Arrays.stream(type.reflect().getEnumConstants()).map(c -> ((SafetyCheck) c).id()).forEach(checks::add);
            }
        }
        for (Path source : sources) {
            NAMED_CHECK.matcher(Files.readString(source)).results().map(found -> found.group(1)).forEach(checks::add);
        }
        assertTrue(checks.size() > 100, checks.toString());
        assertEquals(List.of(), checks.stream().distinct().filter(check -> !page.contains("`" + check + "`")).toList());
    }

    /** Each place where a failure is made shares some words in a row with the page. */
    @Test
    void everyFailureIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int places = 0;
        for (Path source : sources) {
            Matcher failures = FAILURE.matcher(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", ""));
            while (failures.find()) {
                List<String> texts = LITERAL.matcher(failures.group(1)).results()
                        .map(literal -> literal.group(1).replace("\\\"", "\"").strip()).toList();
                List<String> phrases = texts.stream().flatMap(TroubleshootingTest::phrases).toList();
                places++;
                if (!phrases.isEmpty() && phrases.stream().noneMatch(words::contains)) {
                    missing.add(source.getFileName() + ": " + String.join("…", texts));
                }
            }
        }
        assertTrue(places > 80, "only " + places + " failures found: the sources are not where they were");
        assertEquals(List.of(), missing);
    }

    private static Stream<String> phrases(String text) {
        String[] parts = words(text).strip().split(" ");
        if (parts.length < WORDS) {
            boolean tells = parts.length == WORDS - 1 && !parts[1].equals("to");
            return tells ? Stream.of(String.join(" ", parts)) : Stream.empty();
        }
        return IntStream.rangeClosed(0, parts.length - WORDS)
                .mapToObj(i -> String.join(" ", Arrays.copyOfRange(parts, i, i + WORDS)));
    }

    private static String words(String text) {
        return NO_WORD.matcher(text).replaceAll(" ");
    }
}
