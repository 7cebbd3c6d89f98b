package io.datavolume.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Takes the signature from a jar. Nobody asks for it (the jars come with the checksums of their repository, and here
 * they are part of an image, which has a digest), but the JVM keeps no class of a signed jar in its archive, and reads,
 * checks and remembers the signature of all of them when it loads one: 10 MiB of a controller that has just started.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/jar/jar.html#signed-jar-file">JAR file
 *      specification, Signed JAR File</a>
 */
final class SignedJar {

    private SignedJar() {}

    /** Changes the file; one without a signature stays as it is, byte for byte. */
    static void strip(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path folder = files.getPath("META-INF");
            List<Path> signatures = signatures(folder);
            if (signatures.isEmpty()) {
                return;
            }
            for (Path signature : signatures) {
                Files.delete(signature);
            }
            forgetDigests(folder.resolve("MANIFEST.MF"));
        }
    }

    private static List<Path> signatures(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("(?i).+\\.(SF|RSA|DSA|EC)")).toList();
        }
    }

    /** Its sections for single files hold their digests. */
    private static void forgetDigests(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Manifest manifest;
        try (InputStream in = Files.newInputStream(file)) {
            manifest = new Manifest(in);
        }
        manifest.getEntries().clear();
        try (OutputStream out = Files.newOutputStream(file)) {
            manifest.write(out);
        }
        Files.setLastModifiedTime(file, time);
    }
}
