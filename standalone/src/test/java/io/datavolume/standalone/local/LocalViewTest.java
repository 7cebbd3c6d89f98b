package io.datavolume.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalViewTest {

    @TempDir
    private Path folder;

    @Test
    void aViewFollowsItsWriterThroughJournalsFilesAndRestarts() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        LocalCluster writer = open();
        writer.create(Kinds.CONFIG_MAP, Objects.map("a"));
        try (LocalView view = LocalView.open(folder.resolve("state"))) {
            view.informer(Kinds.CONFIG_MAP).listen((before, after) -> told
                    .add(before.map(map -> map.getMetadata().getName()).orElse("-") + " "
                            + after.map(map -> map.getMetadata().getName() + map.getData()).orElse("-")));
            assertEquals("- a{}", told.poll(20, TimeUnit.SECONDS));
            ConfigMap b = writer.create(Kinds.CONFIG_MAP, Objects.map("b"));
            writer.patch(Kinds.CONFIG_MAP, Objects.key("b"), Patch.of(b).field("1", "data", "k").build());
            assertEquals("- b{}", told.poll(20, TimeUnit.SECONDS));
            assertEquals("b b{k=1}", told.poll(20, TimeUnit.SECONDS));
            // Closed, the writer leaves files in place of its journal.
            writer.close();
            writer = open();
            writer.delete(Kinds.CONFIG_MAP, Objects.key("b"), b.getMetadata().getUid());
            assertEquals("b -", told.poll(20, TimeUnit.SECONDS));
            assertEquals(List.of("a"), view.list(Kinds.CONFIG_MAP, Selection.in("ns")).stream()
                    .map(map -> map.getMetadata().getName()).toList());
            assertThrows(ClusterException.Forbidden.class,
                    () -> view.create(Kinds.CONFIG_MAP, Objects.map("c")));
        } finally {
            writer.close();
        }
        assertTrue(told.isEmpty(), told.toString());
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        assertThrows(NoSuchFileException.class, () -> LocalView.open(folder.resolve("nowhere")));
    }

    private LocalCluster open() throws Exception {
        return LocalCluster.open(folder.resolve("state"), InstantSource.system());
    }
}
