package io.datavolume.standalone;

import io.datavolume.importer.http.DisplayUrl;
import io.datavolume.image.Format;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.ResumeSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Converts a local file. */
@Command(name = "convert", abbreviateSynopsis = true, description = {"Converts a local disk image to a raw disk.", "",
    "The image is inspected first; what import refuses, convert refuses with either engine."}, footerHeading = "%nExamples:%n", footer = {
        "  cdi convert disk.qcow2 disk.img",
        "  cdi convert disk.vmdk disk.img --size 40Gi --preallocation falloc",
        "  cdi convert disk.vhdx disk.img --engine qemu-img"})
final class ConvertCommand implements Callable<Integer> {

    /** What reads the image. */
    /** As a path shows it, in which two slashes are one. */
    private static final Pattern REMOTE = Pattern.compile("(?i)(https?|docker|oci-archive|docker-archive):");

    enum Engine {
        BUILTIN, QEMU_IMG
    }

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "FILE", description = "Image to read; it may be compressed.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "TARGET", description = "File to create, or block device to overwrite.")
    private Path target = Path.of("");

    @ArgGroup(validate = false, order = 1, heading = "%nTarget:%n")
    private TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--format", paramLabel = "FORMAT", converter = Choice.Formats.class, completionCandidates = Choice.Formats.class, description = "Format of the image: ${COMPLETION-CANDIDATES}. By default the content decides.")
    private @Nullable Format format;

    @Option(names = "--engine", paramLabel = "ENGINE", converter = Choice.Engines.class, completionCandidates = Choice.Engines.class, description = "builtin (default), or qemu-img, which is run with limits after the safety checks.")
    private Engine engine = Engine.BUILTIN;

    @Option(names = "--output", paramLabel = "OUTPUT", converter = Choice.Outputs.class, completionCandidates = Choice.Outputs.class, description = "text (default); json: the result on standard output, progress as JSON lines on standard"
            + " error.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        if (file.toString().isEmpty() || target.toString().isEmpty()) {
            throw Main.usage("The name of the image or of the target is empty: name two files");
        }
        if (REMOTE.matcher(file.toString()).lookingAt() && !Files.exists(file)) {
            throw Main.usage("convert reads local files, and " + DisplayUrl.redacted(file.toString())
                    + " is none: cdi import takes it from there");
        }
        TransferSpec spec = spec();
        TransferRun run = new TransferRun(Objects.requireNonNull(parent).streams(), output);
        return switch (engine) {
            case BUILTIN -> run.run(spec, Secrets.NONE);
            case QEMU_IMG -> run.run(spec, new QemuImgEngine(spec)::run);
        };
    }

    /** Absolute, so that no name is taken for a URL, an archive or standard input. */
    TransferSpec spec() {
        SourceSpec plain = TransferSpec.of(file.toAbsolutePath().toString(), target.toString()).source();
        SourceSpec source = new SourceSpec(plain.location(), Optional.ofNullable(format).map(Format::id),
                Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), false, Optional.empty(),
                Optional.empty(), plain.connections(), plain.stallSeconds(), plain.retrySeconds(), List.of());
        return new TransferSpec(source, targetOptions.spec(target), Optional.empty(),
                new ResumeSpec(false, Optional.empty()), Optional.empty(), Optional.empty());
    }
}
