package io.datavolume.importer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets as Kubernetes mounts them: each key a link through a hidden link into a hidden folder. */
class SecretFilesTest {

    @TempDir
    Path mount;

    @BeforeEach
    void mountSecret() throws IOException {
        Path version = Files.createDirectory(mount.resolve("..2026_11_25"));
        Files.writeString(version.resolve("accessKeyId"), "anna\n");
        Files.writeString(version.resolve("secretKey"), "s3cret");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_11_25"));
        link("accessKeyId");
        link("secretKey");
    }

    private void link(String key) throws IOException {
        Files.createSymbolicLink(mount.resolve(key), Path.of("..data", key));
    }

    private void put(String key, String value) throws IOException {
        Files.writeString(mount.resolve("..2026_11_25").resolve(key), value);
        link(key);
    }

    private SourceSpec source(String user, String password, List<String> headerFiles) {
        SourceSpec plain = TransferSpec.of("https://host/", "x").source();
        return new SourceSpec(plain.location(), plain.format(), Optional.of(mount.resolve(user).toString()),
                Optional.of(mount.resolve(password).toString()), List.of("X-Open: 1"), headerFiles,
                plain.certificates(), false, plain.platform(), plain.dockerConfig(), 1, 1, 1, plain.denied());
    }

    @Test
    void mountedKeysAreReadWithoutTheirLineEnds() throws IOException {
        Secrets secrets = SecretFiles.read(source("accessKeyId", "secretKey", List.of()));
        assertEquals(Optional.of("anna"), secrets.user());
        assertEquals(Optional.of("s3cret"), secrets.password());
    }

    @Test
    void emptyKeysAreNone() throws IOException {
        put("none", "\n");
        Secrets secrets = SecretFiles.read(source("none", "none", List.of()));
        assertEquals(Optional.empty(), secrets.user());
        assertEquals(Optional.empty(), secrets.password());
    }

    @Test
    void headersComeFromFilesAndFromMountedFolders() throws IOException {
        Path folder = Files.createDirectory(mount.resolve("headers"));
        Files.createDirectory(folder.resolve("..data"));
        Files.writeString(folder.resolve("b"), "X-B: 2\n");
        Files.writeString(folder.resolve("a"), "X-A: 1\n");
        Path one = Files.writeString(mount.resolve("one"), "X-One: 3");
        assertEquals(List.of("X-Open: 1", "X-A: 1", "X-B: 2", "X-One: 3"),
                SecretFiles.read(source("accessKeyId", "secretKey", List.of(folder.toString(), one.toString())))
                        .headers());
    }

    @Test
    void missingFileIsNamed() {
        var failure = assertThrows(NoSuchFileException.class,
                () -> SecretFiles.read(source("accessKeyId", "lost", List.of())));
        assertTrue(failure.toString().contains("lost"), failure.toString());
    }

    @Test
    void fileThatIsNoSecretIsRefused() throws IOException {
        put("large", "x".repeat(70_000));
        assertThrows(IOException.class, () -> SecretFiles.read(source("large", "secretKey", List.of())));
    }
}
