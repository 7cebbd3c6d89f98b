package io.datavolume.standalone;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.Phase;
import io.datavolume.standalone.ApplyCommand.WaitOptions;
import io.datavolume.standalone.objects.Awaited;
import io.datavolume.standalone.objects.KindNames;
import io.datavolume.standalone.objects.RetryRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tries DataVolumes again at once. */
@Command(name = "retry", abbreviateSynopsis = true, description = {
    "Tries DataVolumes again that wait until their user has mended something.", "",
    "They are tried again by themselves, too, but ever more rarely. A refused image or a wrong checksum is final: delete"
            + " the DataVolume and apply it anew."}, footerHeading = "%nExamples:%n", footer = {
                "  cdi retry dv fedora", "  cdi retry dv fedora debian --context production --no-wait"})
final class RetryCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "KIND", description = "dv")
    private String kind = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Names of DataVolumes.")
    private List<String> names = List.of();

    @ArgGroup(validate = false, order = 1, heading = "%nWaiting:%n")
    private WaitOptions waiting = new WaitOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nCluster:%n")
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws IOException {
        if (KindNames.find(kind) != Kinds.DATA_VOLUME) {
            throw Main.usage("Only DataVolumes can be tried again: cdi retry dv NAME");
        }
        Streams streams = Objects.requireNonNull(parent).streams();
        try (ClusterSession session = ClusterSession.writing(options)) {
            List<Key> keys = names.stream().map(name -> new Key(session.namespace(), name)).toList();
            for (Key key : keys) {
                var volume = session.cluster().get(Kinds.DATA_VOLUME, key)
                        .orElseThrow(() -> Main.usage("There is no DataVolume " + key));
                if (volume.phase() == Phase.FAILED) {
                    throw Main.usage("DataVolume " + key + " has failed for good: delete it and apply it anew");
                }
                // What still waits is asked by the wait itself.
                if (!waiting.wait) {
                    RetryRequest.send(session.cluster(), Kinds.DATA_VOLUME, volume);
                }
                streams.out().println(KindNames.resource(Kinds.DATA_VOLUME) + "/" + key.name() + " retried");
            }
            streams.out().flush();
            return waiting.wait
                    ? new VolumeWait(session, streams, waiting.limit())
                            .await(keys.stream().map(Awaited::dataVolume).toList())
                            .number()
                    : ExitCode.DONE.number();
        }
    }
}
