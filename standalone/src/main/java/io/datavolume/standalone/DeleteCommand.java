package io.datavolume.standalone;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.standalone.ApplyCommand.WaitOptions;
import io.datavolume.standalone.objects.Deleting;
import io.datavolume.standalone.objects.KindNames;
import io.datavolume.standalone.objects.Manifest;
import io.datavolume.standalone.objects.ManifestReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deletes objects, and waits until they are gone. */
@Command(name = "delete", abbreviateSynopsis = true, description = {
    "Deletes objects, and what belongs to them: a DataVolume's claim and its disk go with it.", "",
    "A disk is gone unless its storage class retains it."}, footerHeading = "%nExamples:%n", footer = {
        "  cdi delete dv fedora", "  cdi delete -f disk.yaml", "  cdi delete dv fedora --context production"})
final class DeleteCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "dv, pvc …")
    private @Nullable String kind;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Names of objects.")
    private List<String> names = List.of();

    @Option(names = {"-f",
        "--filename"}, paramLabel = "FILE", description = "The objects that stand in it: a file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @ArgGroup(validate = false, order = 1, heading = "%nWaiting:%n")
    private WaitOptions waiting = new WaitOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    /** One object to delete. */
    private record Target(Kind<?> kind, Key key) {
        String name() {
            return KindNames.resource(kind) + "/" + key.name();
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (files.isEmpty() == names.isEmpty() || names.isEmpty() != (kind == null)) {
            throw Main.usage("Give a kind and names, or --filename: cdi delete dv NAME");
        }
        Streams streams = Objects.requireNonNull(parent).streams();
        try (ClusterSession session = ClusterSession.writing(options)) {
            List<Target> targets = targets(session.namespace());
            List<Deleting> deleted = new ArrayList<>();
            for (Target target : targets) {
                deleted.add(delete(session.cluster(), target));
                streams.out().println(target.name() + " deleted");
            }
            streams.out().flush();
            long end = System.nanoTime() + Duration.ofSeconds(waiting.limit().value()).toNanos();
            for (int i = 0; waiting.wait && i < deleted.size(); i++) {
                if (!deleted.get(i).await(Duration.ofNanos(end - System.nanoTime()))) {
                    streams.error("Tried to delete " + targets.get(i).name() + " but something holds it: "
                            + deleted.get(i).holders(),
                            "what uses the claim must go first");
                    return ExitCode.FAILED.number();
                }
            }
        }
        return ExitCode.DONE.number();
    }

    private List<Target> targets(String namespace) throws IOException {
        List<Target> targets = new ArrayList<>();
        if (kind != null) {
            Kind<?> named = KindNames.find(kind);
            names.forEach(name -> targets.add(
                    new Target(named, named.namespaced() ? new Key(namespace, name) : Key.cluster(name))));
        } else {
            for (Manifest manifest : new ManifestReader(namespace, options.namespace != null).read(files,
                    System.in)) {
                targets.add(new Target(manifest.kind(), manifest.key()));
            }
        }
        return targets;
    }

    private static Deleting delete(Cluster cluster, Target target) throws NeedsUserException {
        return Deleting.begin(cluster, target.kind(), target.key())
                .orElseThrow(() -> Main.usage("There is no " + target.kind().name() + " " + target.key()));
    }
}
