package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.standalone.objects.Applying;
import io.datavolume.standalone.objects.Awaited;
import io.datavolume.standalone.objects.Manifest;
import io.datavolume.standalone.objects.ManifestReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Creates or changes objects from manifests, and waits for their disks. */
@Command(name = "apply", abbreviateSynopsis = true, description = {
    "Creates or changes the objects of manifests, and waits until their DataVolumes, and claims that are filled by a VolumeImportSource, are disks.",
    "",
    "Without a cluster this command does all the work itself: when it is interrupted, the same command goes on where"
            + " it was. In a cluster the work goes on without it."}, footerHeading = "%nExamples:%n", footer = {
                "  cdi apply -f disk.yaml", "  cdi apply -f disk.yaml --state /srv/disks",
                "  cdi apply -f manifests/ --timeout 1h", "  cdi apply -f disk.yaml --context production --no-wait"})
final class ApplyCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Option(names = {"-f",
        "--filename"}, required = true, paramLabel = "FILE", description = "YAML or JSON: a file, a folder of them, or - for standard input. May be repeated.")
    private List<String> files = List.of();

    @ArgGroup(validate = false, order = 1, heading = "%nWaiting:%n")
    private WaitOptions waiting = new WaitOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws IOException {
        Streams streams = Objects.requireNonNull(parent).streams();
        if (options.isRemote()) {
            try (ClusterSession session = ClusterSession.writing(options)) {
                return apply(session, read(session.namespace()), streams);
            }
        }
        // Before anything is made: a manifest that is wrong leaves nothing behind.
        List<Manifest> manifests = read(options.namespace(Optional.empty()));
        try (ClusterSession session = ClusterSession.writing(options)) {
            return apply(session, manifests, streams);
        }
    }

    private List<Manifest> read(String namespace) throws IOException {
        return new ManifestReader(namespace, options.namespace != null).read(files, System.in);
    }

    private int apply(ClusterSession session, List<Manifest> manifests, Streams streams) throws IOException {
        PrintStream out = streams.out();
        new Applying(session.cluster()).apply(manifests, (manifest, effect) -> {
            out.println(manifest.name() + " " + effect.name().toLowerCase(Locale.ROOT));
            out.flush();
        });
        List<Awaited> volumes = manifests.stream().map(Awaited::of).flatMap(Optional::stream).toList();
        if (volumes.isEmpty() || !waiting.wait) {
            return ExitCode.DONE.number();
        }
        return new VolumeWait(session, streams, waiting.limit()).await(volumes).number();
    }

    /** How long a command stays. */
    static final class WaitOptions {

        @Option(names = "--wait", negatable = true, defaultValue = "true", fallbackValue = "true", description = "Wait until all is done. On by default; the local cluster stands still while no command waits.")
        boolean wait = true;

        @Option(names = "--timeout", paramLabel = "TIME", converter = SecondsConverter.class, description = "How long at most, as 90s or 2h. Without it as long as it takes.")
        @Nullable
        Seconds timeout;

        /** Seconds; a month where none is given. */
        Seconds limit() throws NeedsUserException {
            if (timeout != null && !wait) {
                throw Main.usage("--timeout says how long to wait, and --no-wait not to wait: give one of them");
            }
            return timeout == null ? Seconds.parse("720h") : timeout;
        }
    }
}
