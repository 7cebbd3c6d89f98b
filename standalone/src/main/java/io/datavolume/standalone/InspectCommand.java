package io.datavolume.standalone;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.flow.Inspection;
import io.datavolume.importer.flow.Inspector;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells what a source holds and whether it would be imported. */
@Command(name = "inspect", abbreviateSynopsis = true, description = {
    "Tells what a source holds and whether it is safe to import.", "",
    "Only what is needed is read: a few MiB of an image of many GiB. What was not read is named. The exit code is"
            + " 3 when the image would be refused."}, footerHeading = "%nExamples:%n", footer = {
                "  cdi inspect https://example.org/fedora.qcow2",
                "  cdi inspect disk.vmdk --full", "  cdi inspect docker://registry.example.org/fedora:41",
                "  cdi inspect disk.qcow2 --output json | jq .virtualSize"})
final class InspectCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "http(s)://…, docker://…, oci-archive:FILE, docker-archive:FILE, a file, or - for standard"
            + " input.")
    private String source = "";

    @ArgGroup(validate = false, order = 1, heading = "%nSource:%n")
    private SourceOptions sourceOptions = new SourceOptions();

    @Option(names = "--full", description = "Read all tables of the image, however large they are; of a compressed image, all of it.")
    private boolean full;

    @Option(names = "--output", paramLabel = "OUTPUT", converter = Choice.Outputs.class, completionCandidates = Choice.Outputs.class, description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        SourceSpec spec = sourceOptions.spec(source);
        Secrets secrets = Credentials.ofThisProcess().resolve(spec, sourceOptions.user);
        Streams streams = Objects.requireNonNull(parent).streams();
        Inspection inspection;
        try (ProgressView view = new PatientProgress(ProgressView.of(output, streams.err()), System::nanoTime)) {
            inspection = new Inspector(spec, secrets, full).inspect(view);
        }
        PrintStream out = streams.out();
        out.println(switch (output) {
            case TEXT -> new InspectionText(Terminal.showsUnicode(out.charset())).of(inspection);
            case JSON -> InspectionJson.of(inspection);
        });
        out.flush();
        return (inspection.refusal().isPresent() ? ExitCode.REFUSED : ExitCode.DONE).number();
    }
}
