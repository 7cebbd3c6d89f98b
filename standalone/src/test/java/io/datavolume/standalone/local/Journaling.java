package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** A process that writes until it is killed, and says on standard output what it may count on. */
final class Journaling {

    private static final int KEPT = 5;
    private static final int PAYLOAD = 100_000;

    private Journaling() {}

    /** @param args the state folder, a prefix of names, an upper bound of rounds */
    public static void main(String[] args) throws Exception {
        Deque<ConfigMap> there = new ArrayDeque<>();
        try (LocalCluster cluster = LocalCluster.open(Path.of(args[0]), InstantSource.system())) {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                String name = args[1] + i;
                ConfigMap made = cluster.create(Kinds.CONFIG_MAP, Objects.map(name));
                say("+", name, made);
                ConfigMap changed = cluster.patch(Kinds.CONFIG_MAP, Objects.key(name),
                        Patch.of(made).field("x".repeat(PAYLOAD), "data", "k").build());
                say("+", name, changed);
                there.add(changed);
                if (there.size() > KEPT) {
                    ConfigMap oldest = there.remove();
                    // Said before and after: in between it may be either.
                    say("?", oldest.getMetadata().getName(), oldest);
                    cluster.delete(Kinds.CONFIG_MAP, Objects.key(oldest.getMetadata().getName()),
                            oldest.getMetadata().getUid());
                    say("-", oldest.getMetadata().getName(), oldest);
                }
            }
        }
    }

    private static void say(String what, String name, ConfigMap map) {
        System.out.print(what + " " + name + " " + map.getMetadata().getResourceVersion() + "\n");
        System.out.flush();
    }
}
