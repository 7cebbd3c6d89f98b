package io.datavolume.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.image.failure.NeedsUserException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {

    @TempDir
    private Path folder;
    private Path state;

    @BeforeEach
    void locate() {
        state = folder.resolve("state");
    }

    @Test
    void closedClustersLeaveOneFilePerObjectAndNoJournal() throws Exception {
        try (LocalCluster cluster = open(state)) {
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            delete(cluster, cluster.create(Kinds.CONFIG_MAP, Objects.map("b")));
        }
        assertEquals(List.of("objects/ns/configmaps/a.json"), files(state, "objects"));
        assertEquals(List.of(), files(state, "journal"));
        try (LocalCluster cluster = open(state)) {
            assertEquals(List.of("a"), names(cluster));
        }
    }

    @Test
    void revisionsGoOnAfterTheNewestObjectIsGone() throws Exception {
        long last;
        try (LocalCluster cluster = open(state)) {
            ConfigMap newest = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            last = revision(newest);
            delete(cluster, newest);
        }
        try (LocalCluster cluster = open(state)) {
            assertTrue(revision(cluster.create(Kinds.CONFIG_MAP, Objects.map("b"))) > last + 1);
        }
    }

    @Test
    void whateverOfTheJournalReachedTheDiskTheStateIsWhatItWasOnce() throws Exception {
        try (LocalCluster cluster = open(state)) {
            cluster.create(Kinds.CONFIG_MAP, Objects.map("before"));
        }
        byte[] journal;
        try (LocalCluster cluster = open(state)) {
            ConfigMap a = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), Patch.of(a).field("1", "data", "k").build());
            delete(cluster, cluster.create(Kinds.CONFIG_MAP, Objects.map("b")));
            delete(cluster, cluster.get(Kinds.CONFIG_MAP, Objects.key("before")).orElseThrow());
            journal = Files.readAllBytes(cluster.state().allJournals().getLast());
            // As a machine leaves it that stops: files of the last checkpoint, and this journal.
            copy(state, folder.resolve("stopped"));
        }
        StateFolder view = StateFolder.view(folder.resolve("stopped"));
        List<String> known = List.of("[before]", "[a, before]", "[a{k=1}, before]", "[a{k=1}, b, before]",
                "[a{k=1}, before]", "[a{k=1}]");
        int reached = 0;
        // Each end of a line, what is just before and after it, and some places within.
        int[] lengths = IntStream.rangeClosed(0, journal.length).filter(n -> n % 29 == 0 || n == journal.length
                || journal[n] == '\n' || (n > 0 && journal[n - 1] == '\n') || (n > 1 && journal[n - 2] == '\n'))
                .toArray();
        for (int length : lengths) {
            Files.write(view.allJournals().getLast(), Arrays.copyOf(journal, length));
            String found = describe(Recovery.read(view));
            if (!found.equals(known.get(reached))) {
                reached++;
                assertEquals(known.get(reached), found, "after " + length + " bytes");
            }
        }
        assertEquals(known.size() - 1, reached);
    }

    @Test
    void aProcessThatWasKilledIsReadFromItsJournalAndGoesOn() throws Exception {
        try (LocalCluster cluster = open(state)) {
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            copy(state, folder.resolve("killed"));
        }
        Path killed = folder.resolve("killed");
        for (int life = 0; life < 3; life++) {
            try (LocalCluster cluster = open(killed)) {
                assertEquals(life + 1, cluster.list(Kinds.CONFIG_MAP, Selection.ALL).size());
                cluster.create(Kinds.CONFIG_MAP, Objects.map("life" + life));
                copy(killed, folder.resolve("life" + life));
            }
            killed = folder.resolve("life" + life);
        }
    }

    @Test
    void aDamagedLineEndsTheJournal() throws Exception {
        try (LocalCluster cluster = open(state)) {
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            cluster.create(Kinds.CONFIG_MAP, Objects.map("b"));
            copy(state, folder.resolve("copy"));
        }
        StateFolder view = StateFolder.view(folder.resolve("copy"));
        Path journal = view.allJournals().getLast();
        String text = Files.readString(journal);
        Files.writeString(journal, text.replace("\"name\":\"b\"", "\"name\":\"c\""));
        assertEquals("[a]", describe(Recovery.read(view)));
    }

    @Test
    void objectFilesThatAreNotWhatWasWrittenAreNamed() throws Exception {
        try (LocalCluster cluster = open(state)) {
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        }
        Path file = state.resolve("objects/ns/configmaps/a.json");
        String sound = Files.readString(file);
        Files.writeString(file, sound.substring(1));
        assertTrue(assertThrows(IOException.class, () -> open(state)).toString().contains(file.toString()));
        Files.writeString(file, sound.replace("\"a\"", "\"../b\""));
        assertTrue(assertThrows(IOException.class, () -> open(state)).toString().contains(file.toString()));
        Files.writeString(file, sound);
        open(state).close();
    }

    @Test
    void oneProcessWrites() throws Exception {
        try (LocalCluster cluster = open(state)) {
            NeedsUserException refused = assertThrows(NeedsUserException.class, () -> open(state));
            assertTrue(refused.toString().contains("process " + ProcessHandle.current().pid() + " writes there"),
                    refused.toString());
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        }
        open(state).close();
    }

    @Test
    void aFolderOfALaterReleaseIsRefused() throws Exception {
        open(state).close();
        Files.write(state.resolve("version"), "2\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(NeedsUserException.class, () -> open(state));
    }

    @Test
    void onlyThisUserMayLookIntoTheFolder() throws Exception {
        open(state).close();
        for (String part : List.of("", "objects", "journal", "pods", "volumes", "tmp")) {
            assertEquals("rwx------", PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(state.resolve(part))), part);
        }
    }

    @Test
    void anInterruptedThreadDoesNotBreakTheStateForOthers() throws Exception {
        try (LocalCluster cluster = open(state)) {
            Thread.currentThread().interrupt();
            cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
            cluster.sync();
            assertTrue(Thread.interrupted());
            cluster.create(Kinds.CONFIG_MAP, Objects.map("b"));
            cluster.sync();
        }
        assertFalse(files(state, "objects").isEmpty());
    }

    private static LocalCluster open(Path state) throws IOException {
        return LocalCluster.open(state, InstantSource.system());
    }

    private static void delete(LocalCluster cluster, ConfigMap map) {
        cluster.delete(Kinds.CONFIG_MAP, Objects.key(map.getMetadata().getName()), map.getMetadata().getUid());
    }

    private static long revision(ConfigMap map) {
        return Long.parseLong(map.getMetadata().getResourceVersion());
    }

    private static List<String> names(LocalCluster cluster) {
        return cluster.list(Kinds.CONFIG_MAP, Selection.ALL).stream().map(map -> map.getMetadata().getName()).toList();
    }

    private static String describe(Recovery found) {
        return found.tables().all("configmaps").stream().map(object -> Json.typed(Kinds.CONFIG_MAP, object.json()))
                .map(map -> map.getMetadata().getName() + (map.getData().isEmpty() ? "" : map.getData())).toList()
                .toString();
    }

    private static List<String> files(Path state, String part) throws IOException {
        try (Stream<Path> files = Files.walk(state.resolve(part))) {
            return files.filter(Files::isRegularFile).map(file -> state.relativize(file).toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
