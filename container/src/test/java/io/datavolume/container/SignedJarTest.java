package io.datavolume.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedJarTest {

    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Multi-Release: true

            Name: a/B.class
            SHA-256-Digest: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

            """;
    @TempDir
    private Path folder;

    @Test
    void aSignedJarLosesItsSignatureAndNothingElse() throws IOException {
        Path jar = jar(Map.of("META-INF/MANIFEST.MF", MANIFEST, "META-INF/KEY1.SF", "x", "META-INF/KEY1.RSA", "y",
                "META-INF/services/a.B", "a.C", "a/B.class", "class"));
        SignedJar.strip(jar);
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            assertEquals(List.of("META-INF/MANIFEST.MF", "META-INF/services/a.B", "a/B.class"),
                    file.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).sorted().toList());
            assertTrue(file.isMultiRelease());
            assertTrue(file.getManifest().getEntries().isEmpty());
            assertEquals("class", new String(file.getInputStream(file.getEntry("a/B.class")).readAllBytes(),
                    StandardCharsets.UTF_8));
        }
    }

    @Test
    void theResultIsTheSameWheneverItIsMade() throws IOException {
        Map<String, String> files = Map.of("META-INF/MANIFEST.MF", MANIFEST, "META-INF/KEY1.SF", "x");
        Path one = jar(files);
        SignedJar.strip(one);
        byte[] first = Files.readAllBytes(one);
        SignedJar.strip(jar(files));
        assertArrayEquals(first, Files.readAllBytes(one));
    }

    @Test
    void aJarWithoutASignatureStaysAsItIs() throws IOException {
        for (Map<String, String> files : List.of(Map.of("META-INF/MANIFEST.MF", MANIFEST), Map.of("a/B.SF", "x"))) {
            Path jar = jar(files);
            byte[] before = Files.readAllBytes(jar);
            SignedJar.strip(jar);
            assertArrayEquals(before, Files.readAllBytes(jar));
        }
    }

    private Path jar(Map<String, String> files) throws IOException {
        Path jar = folder.resolve("a.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(1_600_000_000_000L);
                out.putNextEntry(entry);
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
