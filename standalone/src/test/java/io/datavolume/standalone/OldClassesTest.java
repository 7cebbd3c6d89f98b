package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OldClassesTest {

    @TempDir
    Path folder;
    Path jar = Path.of("");

    @BeforeEach
    void renewALibraryOfJava5() throws Exception {
        jar = folder.resolve("picocli.jar");
        Files.copy(library(), jar);
        OldClasses.main(new String[]{jar.toString()});
    }

    @Test
    void theJvmVerifiesAndRunsRenewedClasses() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()},
                ClassLoader.getPlatformClassLoader())) {
            Class<?> renewed = loader.loadClass("picocli.CommandLine");
            assertEquals(CommandLine.VERSION, renewed.getField("VERSION").get(null));
            Class.forName("picocli.CommandLine$Interpreter", true, loader);
        }
    }

    @Test
    void renewedClassesAreThoseOfTheLibraryInANewerVersion() throws Exception {
        try (JarFile old = new JarFile(library().toFile()); JarFile renewed = new JarFile(jar.toFile())) {
            for (JarEntry entry : old.stream().toList()) {
                byte[] before = old.getInputStream(entry).readAllBytes();
                byte[] after = renewed.getInputStream(renewed.getJarEntry(entry.getName())).readAllBytes();
                if (!entry.getName().matches("picocli/.*[.]class")) {
                    assertArrayEquals(before, after, entry.getName());
                    continue;
                }
                ClassModel was = ClassFile.of().parse(before);
                ClassModel is = ClassFile.of().parse(after);
                assertTrue(was.majorVersion() < 50 && is.majorVersion() == 50, entry.getName());
                assertEquals(was.methods().size(), is.methods().size(), entry.getName());
                assertEquals(was.fields().size(), is.fields().size(), entry.getName());
            }
        }
    }

    @Test
    void newClassesStayAsTheyAre() throws Exception {
        byte[] before = Files.readAllBytes(jar);
        OldClasses.main(new String[]{jar.toString()});
        assertArrayEquals(before, Files.readAllBytes(jar));
        assertFalse(Files.exists(folder.resolve("picocli.jar.renewed")));
    }

    private static Path library() throws URISyntaxException {
        return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
