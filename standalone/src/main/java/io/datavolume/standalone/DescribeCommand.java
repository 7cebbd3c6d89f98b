package io.datavolume.standalone;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.standalone.objects.Description;
import io.datavolume.standalone.objects.KindNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells all about objects. */
@Command(name = "describe", abbreviateSynopsis = true, description = {
    "Tells all about objects: their state, why they wait, their events.", "",
    "Of a DataVolume also its claim, its worker and the end of the worker's log."}, footerHeading = "%nExamples:%n", footer = {
        "  cdi describe dv fedora", "  cdi describe pvc fedora -n images",
        "  cdi describe dv fedora --context production"})
final class DescribeCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "KIND", description = "dv, pvc, po …")
    private String kind = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Names of objects.")
    private List<String> names = List.of();

    @ArgGroup(validate = false, order = 1, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws IOException {
        Kind<?> wanted = KindNames.find(kind);
        Streams streams = Objects.requireNonNull(parent).streams();
        try (ClusterSession session = ClusterSession.reading(options)) {
            boolean first = true;
            for (String name : names) {
                Key key = wanted.namespaced() ? new Key(session.namespace(), name) : Key.cluster(name);
                HasMetadata object = session.cluster().get(wanted, key)
                        .orElseThrow(() -> Main.usage("There is no " + wanted.name() + " " + key));
                if (!first) {
                    streams.out().println();
                }
                first = false;
                Description.of(session.cluster(), object, Instant.now()).stream().map(Printable::line)
                        .forEach(streams.out()::println);
            }
            streams.out().flush();
        }
        return ExitCode.DONE.number();
    }
}
