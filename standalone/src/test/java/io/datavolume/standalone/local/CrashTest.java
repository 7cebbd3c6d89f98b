package io.datavolume.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer is killed at random instants; {@code -Dkills=N} for more of them. */
class CrashTest {

    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", 20_260_101L);
    /** Enough for a journal to be written into files. */
    private static final int MAX_ROUNDS = 250;

    @TempDir
    private Path folder;

    @Test
    void killedWritersLoseNothingThatTheyWereTold() throws Exception {
        Random random = new Random(SEED);
        Map<String, String> acknowledged = new HashMap<>();
        long last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx64m",
                    "-cp", System.getProperty("java.class.path"), Journaling.class.getName(),
                    folder.resolve("state").toString(), "k" + kill + "-", String.valueOf(MAX_ROUNDS))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader lines = writer.inputReader()) {
                int wanted = random.nextInt(3 * MAX_ROUNDS / 2);
                String line = lines.readLine();
                for (int i = 0; line != null; i++, line = lines.readLine()) {
                    if (i == wanted) {
                        // Not the process itself, which would close the pipe: what is still in it counts, too.
                        writer.toHandle().destroyForcibly();
                    }
                    last = take(line, acknowledged, last);
                }
            }
            writer.waitFor();
            check(acknowledged, last, kill);
        }
    }

    private static long take(String line, Map<String, String> acknowledged, long last) {
        String[] words = line.split(" ", -1);
        if (words.length < 3) {
            return last; // cut off by the kill
        }
        switch (words[0]) {
            case "+" -> acknowledged.put(words[1], words[2]);
            case "?" -> acknowledged.put(words[1], "?");
            default -> acknowledged.put(words[1], "-");
        }
        return "+".equals(words[0]) ? Long.parseLong(words[2]) : last;
    }

    private void check(Map<String, String> acknowledged, long last, int kill) throws Exception {
        try (LocalCluster cluster = LocalCluster.open(folder.resolve("state"), InstantSource.system())) {
            Map<String, ConfigMap> found = new HashMap<>();
            cluster.list(Kinds.CONFIG_MAP, Selection.ALL).forEach(map -> found.put(map.getMetadata().getName(), map));
            acknowledged.forEach((name, state) -> {
                switch (state) {
                    case "?" -> {
                    }
                    case "-" -> assertTrue(!found.containsKey(name), name + " is back after kill " + kill);
                    default -> assertTrue(found.containsKey(name)
                            && Long.parseLong(found.get(name).getMetadata().getResourceVersion()) >= Long
                                    .parseLong(state),
                            name + " is lost after kill " + kill);
                }
            });
            ConfigMap next = cluster.create(Kinds.CONFIG_MAP, Objects.map("check-" + kill));
            assertTrue(Long.parseLong(next.getMetadata().getResourceVersion()) > last);
            assertEquals(next, cluster.get(Kinds.CONFIG_MAP, Objects.key("check-" + kill)).orElseThrow());
        }
    }
}
