package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTest {

    @TempDir
    private Path folder;

    /** Most of a small import is start-up: classes of a cluster would double it. */
    @Test
    void anImportUsesNothingOfACluster() throws Exception {
        Path image = folder.resolve("empty.qcow2");
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "1G");
        Path classes = folder.resolve("classes");
        ProcessBuilder command = new ProcessBuilder(Cdi.root().resolve("cdi").toString(), "import", image.toString(),
                folder.resolve("disk").toString());
        command.environment().put("CDI_JAVA_OPTS", "-Xlog:class+init:file=" + classes);
        Cdi.wait(command.start()).expect(0);
        // What is used is initialized; the archive of classes may load a few more.
        List<String> used = Files.readAllLines(classes).stream().filter(line -> line.contains("Initializing '"))
                .toList();
        assertTrue(used.stream().anyMatch(line -> line.contains("'io/datavolume/importer/flow/Transfer'")));
        assertEquals(List.of(), used.stream().filter(line -> line.contains("'io/fabric8/")
                || line.contains("'io/datavolume/api/") || line.contains("'io/datavolume/standalone/local/")
                || line.contains("'io/datavolume/standalone/node/") || line.contains("'io/datavolume/kubernetes/"))
                .toList());
    }
}
