package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"600M, 147456, 49152", "256Mi, 147456, 49152", "128Mi, 73728, 24576", "1Mi, 49152, 24576",
        ", 147456, 49152"})
    void workersGetTheMemoryThatTheirLimitLeavesThem(String limit, long heap, long direct) {
        ContainerBuilder container = new ContainerBuilder();
        if (limit != null) {
            container.withNewResources().addToLimits("memory", new Quantity(limit)).endResources();
        }
        List<String> line = command().line(container.build(), 0);
        assertTrue(line.contains("-Xmx" + heap + "k"), line.toString());
        assertTrue(line.contains("-XX:MaxDirectMemorySize=" + direct + "k"), line.toString());
    }

    @Test
    void filesCannotOutgrowTheLargestVolumeWhereTheSystemCanLimitThem() throws Exception {
        assertEquals("/java", command().line(new Container(), 1L << 40).getFirst());
        for (String tool : List.of("prlimit", "nice")) {
            assertTrue(Files.createFile(folder.resolve(tool)).toFile().setExecutable(true));
        }
        assertEquals(List.of(folder.resolve("prlimit").toString(), "--fsize=1099511627776",
                folder.resolve("nice").toString(), "-n", "5", "/java"),
                command().line(new Container(), 1L << 40).subList(0, 6));
        assertEquals("--fsize=67108864", command().line(new Container(), 1).get(1));
        assertFalse(command().line(new Container(), 0).contains(folder.resolve("prlimit").toString()));
    }

    @Test
    void theArchiveOfClassesIsUsedWhereTheLauncherHasMadeOne() throws Exception {
        String option = "-XX:SharedArchiveFile=" + folder.resolve("cdi.jsa");
        assertFalse(command().line(new Container(), 0).contains(option));
        Files.createFile(folder.resolve("cdi.jsa"));
        assertTrue(command().line(new Container(), 0).contains(option));
    }

    private WorkerCommand command() {
        return new WorkerCommand(Path.of("/java"), folder.resolve("cdi.jar") + ":/lib/x.jar", "Main", List.of(folder));
    }
}
