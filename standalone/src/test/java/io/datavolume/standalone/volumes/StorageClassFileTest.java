package io.datavolume.standalone.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageClassFileTest {

    private static final String CLASS = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: %s}
            provisioner: p
            parameters: {path: %s}
            """;

    @TempDir
    private Path folder;

    @Test
    void builtInClassesAreADefaultAndOneThatWaits() throws Exception {
        StorageClassFile file = StorageClassFile.standard();
        assertEquals(List.of("local", "local-wffc"),
                file.classes().stream().map(c -> c.getMetadata().getName()).toList());
        assertEquals("local.datavolume.io", file.drivers().getFirst().getMetadata().getName());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"kind: Pod | document 1 is of kind 'Pod'",
        "[1, 2] | document 1 cannot be understood", "{ | document 1 cannot be understood",
        "{kind: StorageClass, apiVersion: v1} | apiVersion must be storage.k8s.io/v1",
        "{kind: StorageClass, apiVersion: storage.k8s.io/v1} | no metadata.name",
        "{kind: CSIDriver, apiVersion: storage.k8s.io/v1, metadata: {name: a}} | no StorageClass",
        "{kind: StorageClass, apiVersion: storage.k8s.io/v1, metadata: 7} | document 1 cannot be understood"})
    void whatIsWrongIsNamed(String text, String expected) throws Exception {
        Path file = Files.writeString(folder.resolve("f.yaml"), text);
        String message = assertThrows(NeedsUserException.class, () -> StorageClassFile.read(file)).toString();
        assertTrue(message.contains(expected) && message.contains(file.toString()), message);
    }

    @Test
    void theClusterFollowsTheFileAndKeepsWhatItsUserMade() throws Exception {
        try (LocalCluster cluster = LocalCluster.open(folder.resolve("state"), InstantSource.system())) {
            cluster.create(Kinds.STORAGE_CLASS, Claims.storageClass("users", "Immediate", "Delete"));
            sync(cluster, CLASS.formatted("a", "/a") + "---\n" + CLASS.formatted("b", "/b"));
            StorageClass first = cluster.get(Kinds.STORAGE_CLASS, Key.cluster("a")).orElseThrow();
            sync(cluster, CLASS.formatted("a", "/a").replace("{name: a}",
                    "{name: a, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}"));
            StorageClass marked = cluster.get(Kinds.STORAGE_CLASS, Key.cluster("a")).orElseThrow();
            assertEquals(first.getMetadata().getUid(), marked.getMetadata().getUid());
            assertEquals("true",
                    marked.getMetadata().getAnnotations().get("storageclass.kubernetes.io/is-default-class"));
            sync(cluster, CLASS.formatted("a", "/elsewhere"));
            assertEquals("/elsewhere", cluster.get(Kinds.STORAGE_CLASS, Key.cluster("a")).orElseThrow().getParameters()
                    .get("path"));
            assertEquals(List.of("a", "users"), cluster.list(Kinds.STORAGE_CLASS, Selection.ALL).stream()
                    .map(c -> c.getMetadata().getName()).toList());
        }
    }

    private void sync(LocalCluster cluster, String text) throws Exception {
        StorageClassSync.run(cluster, StorageClassFile.read(Files.writeString(folder.resolve("f.yaml"), text)));
    }
}
