package io.datavolume.standalone;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.standalone.objects.KindNames;
import io.datavolume.standalone.objects.WorkerPods;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the end of a worker's log. */
@Command(name = "logs", abbreviateSynopsis = true, description = "Prints the end of the log of a DataVolume's worker, or of a pod.", footerHeading = "%nExamples:%n", footer = {
    "  cdi logs dv/fedora", "  cdi logs importer-fedora --tail 20", "  cdi logs dv/fedora --context production"})
final class LogsCommand implements Callable<Integer> {

    private static final int MAX_BYTES = 1 << 20;

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "[KIND/]NAME", description = "dv/NAME, or the name of a pod.")
    private String name = "";

    @Option(names = "--tail", paramLabel = "LINES", defaultValue = "200", description = "Lines at most. By default 200.")
    private int lines = 200;

    @ArgGroup(validate = false, order = 1, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws IOException {
        if (lines < 1) {
            throw Main.usage("--tail " + lines + ": at least one line");
        }
        Streams streams = Objects.requireNonNull(parent).streams();
        try (ClusterSession session = ClusterSession.reading(options)) {
            Cluster cluster = session.cluster();
            List<Pod> pods = pods(session);
            if (pods.isEmpty()) {
                throw Main.usage("There is no worker of " + name + " now: cdi describe tells what became of it");
            }
            for (Pod pod : pods) {
                String log = WorkerPods.log(cluster, pod, lines, MAX_BYTES);
                log.lines().map(Printable::line).forEach(streams.out()::println);
            }
            streams.out().flush();
        }
        return ExitCode.DONE.number();
    }

    private List<Pod> pods(ClusterSession session) throws IOException {
        int slash = name.indexOf('/');
        Key key = new Key(session.namespace(), name.substring(slash + 1));
        if (slash < 0 || KindNames.find(name.substring(0, slash)) == Kinds.POD) {
            return List.of(session.cluster().get(Kinds.POD, key)
                    .orElseThrow(() -> Main.usage("There is no Pod " + key + ": cdi logs dv/NAME finds a worker")));
        }
        return WorkerPods.of(session.cluster(), key);
    }
}
