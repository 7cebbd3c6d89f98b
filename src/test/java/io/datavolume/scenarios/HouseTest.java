package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the source tree itself must look like. */
class HouseTest {

    /** The repository; tests run in {@code src/test}. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final int MOST_LINES = 400;

    /** Files that may be longer, with the reason. */
    private static final Map<String, String> LONGER = Map.of("HttpSourceTest.java",
            "one behaviour of a server after the other, on the same few helpers");

    /** Java files of a module, or of a folder. */
    static Stream<Path> javaFiles(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noFileIsLongerThanItsReaderCanHold() {
        List<String> tooLong = javaFiles("").filter(file -> !LONGER.containsKey(file.getFileName().toString()))
                .filter(file -> lines(file) > MOST_LINES).map(file -> ROOT.relativize(file) + ": " + lines(file))
                .toList();
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = javaFiles("").filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent).distinct().filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> ROOT.relativize(folder).toString()).toList();
        assertEquals(List.of(), silent);
    }
}
