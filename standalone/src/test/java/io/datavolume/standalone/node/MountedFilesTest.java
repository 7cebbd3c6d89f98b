package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedFilesTest {

    private static final Map<String, byte[]> CONTENT = Map.of("user", "me".getBytes(StandardCharsets.UTF_8), "password",
            "x".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    @Test
    void onlyThisUserMayReadThem() throws Exception {
        Path own = folder.resolve("v");
        MountedFiles.write(own, "v", CONTENT, List.of());
        assertEquals("me", Files.readString(own.resolve("user")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("user"))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
    }

    @Test
    void keysThatWereTakenAwayAreGoneTheNextTime() throws Exception {
        Path own = folder.resolve("v");
        MountedFiles.write(own, "v", CONTENT, List.of());
        MountedFiles.write(own, "v", CONTENT, List.of(item("user")));
        assertEquals("me", Files.readString(own.resolve("name")));
        assertFalse(Files.exists(own.resolve("password")));
        assertThrows(NotReadyException.class,
                () -> MountedFiles.write(own, "v", CONTENT, List.of(item("missing"))));
    }

    private static KeyToPath item(String key) {
        return new KeyToPathBuilder().withKey(key).withPath("name").build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "a/b", "", "a\0", "ä"})
    void keysThatWouldLeadElsewhereAreRefused(String key) {
        assertThrows(NotReadyException.class,
                () -> MountedFiles.write(folder.resolve("v"), "v", Map.of(key, new byte[1]), List.of()));
    }
}
