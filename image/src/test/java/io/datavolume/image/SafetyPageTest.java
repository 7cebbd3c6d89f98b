package io.datavolume.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/image-safety.md and docs/troubleshooting.md complete and true. */
class SafetyPageTest {

    /** A check that is named where it is made, not declared by a format. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:refused\\((?:[a-zA-Z.]+, )?|new Violation\\(|CHECK = )\"([a-z]+(?:-[a-z]+)*)\"");
    private static final Pattern TEST = Pattern.compile("void ([A-Za-z0-9]+)\\(");
    private static final Pattern QUOTED = Pattern.compile("`([A-Za-z0-9-]+)`");
    /** Of image/src/main: files that declare checks. */
    private static final int FORMATS_WITH_CHECKS = 7;

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/image-safety.md"))) {
            here = Objects.requireNonNull(here.getParent(), "no docs above the working folder");
        }
        return here;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(root().resolve(folder))) {
            return all.filter(f -> f.toString().endsWith(end)).toList().stream();
        }
    }

    private static Set<String> found(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results()).map(r -> r.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of all checks of this module. */
    private static Set<String> checks() throws Exception {
        Set<String> ids = found(NAMED, files("image/src/main/java", ".java").map(SafetyPageTest::read));
        Path classes = Path.of(SafetyCheck.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        int formats = 0;
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(f -> f.toString().endsWith("Check.class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                Class<?> type = Class.forName(name);
                if (type.isEnum() && SafetyCheck.class.isAssignableFrom(type)) {
                    formats++;
                    for (Object check : type.getEnumConstants()) {
                        ids.add(((SafetyCheck) check).id());
                    }
                }
            }
        }
        assertEquals(FORMATS_WITH_CHECKS, formats);
        return ids;
    }

    private static Set<String> missing(Set<String> wanted, String page) {
        Set<String> quoted = found(QUOTED, Stream.of(page));
        return wanted.stream().filter(w -> !quoted.contains(w)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyCheckStandsOnBothPages() throws Exception {
        Set<String> checks = checks();
        assertTrue(checks.contains("backing-file") && checks.contains("memory-limit") && checks.contains("truncated"),
                checks.toString());
        for (String page : new String[]{"docs/image-safety.md", "docs/troubleshooting.md"}) {
            assertEquals(Set.of(), missing(checks, read(root().resolve(page))), page);
        }
    }

    @Test
    void everyRowHasTestsThatExist() throws Exception {
        Set<String> tests = found(TEST,
                Stream.of("image/src/test/java", "importer/src/test/java", "standalone/src/test/java",
                        "src/test/java").flatMap(folder -> {
                            try {
                                return files(folder, ".java");
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        }).map(SafetyPageTest::read));
        Set<String> unknown = new TreeSet<>();
        for (String line : read(root().resolve("docs/image-safety.md")).lines().toList()) {
            boolean row = line.startsWith("| ") && !line.startsWith("| Refused") && !line.startsWith("| Attack");
            String cell = row ? line.substring(line.lastIndexOf('|', line.length() - 2)) : "";
            Matcher names = QUOTED.matcher(cell);
            boolean any = false;
            while (names.find()) {
                any = true;
                if (!tests.contains(names.group(1))) {
                    unknown.add(names.group(1));
                }
            }
            assertTrue(any || !row, () -> "no test: " + line);
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyKnownAttackCanBeFoundInTheTests() throws Exception {
        String tests = files("image/src/test/java", ".java").map(SafetyPageTest::read).collect(Collectors.joining());
        String page = read(root().resolve("docs/image-safety.md"));
        Set<String> attacks = found(Pattern.compile("(CVE-\\d{4}-\\d+|QEMU issue \\d+|qcow2-rs PR \\d+)"),
                Stream.of(page));
        assertEquals(9, attacks.size(), attacks.toString());
        attacks.forEach(attack -> assertTrue(tests.contains(attack), attack));
    }
}
