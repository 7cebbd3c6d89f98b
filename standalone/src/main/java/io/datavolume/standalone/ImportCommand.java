package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.ResumeSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.digest.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Imports an image from a URL, a registry or a file. */
@Command(name = "import", abbreviateSynopsis = true, description = {
    "Imports a disk image into a file or a block device.", "",
    "The target appears under its name when it is complete and verified. An import that was interrupted"
            + " goes on where it stopped when the same command is given again."}, footerHeading = "%nExamples:%n", footer = {
                "  cdi import https://example.org/fedora.qcow2 fedora.img",
                "  cdi import https://example.org/disk.raw.xz disk.img --size 20Gi",
                "  cdi import https://example.org/disk.vhdx disk.img --checksum sha256:9f86…",
                "  cdi import docker://registry.example.org/fedora:41 f.img",
                "  cdi import oci-archive:image.tar disk.img",
                "  cdi import https://example.org/disk.vmdk /dev/vg/disk --user me",
                "  ssh host cat disk.qcow2 | cdi import - disk.img --scratch /var/tmp"})
final class ImportCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "http(s)://…, docker://…, oci-archive:FILE, docker-archive:FILE, a file, or - for standard"
            + " input.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "File to create, or block device to overwrite.")
    private Path target = Path.of("");

    @ArgGroup(validate = false, order = 1, heading = "%nSource:%n")
    private SourceOptions sourceOptions = new SourceOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nTarget:%n")
    private TargetOptions targetOptions = new TargetOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nVerification and resumption:%n")
    private Safeguards safeguards = new Safeguards();

    @Option(names = "--output", paramLabel = "OUTPUT", converter = Choice.Outputs.class, completionCandidates = Choice.Outputs.class, description = "text (default); json: the result on standard output, progress as JSON lines on standard"
            + " error.")
    private OutputFormat output = OutputFormat.TEXT;

    /** Options for when things go wrong. */
    static final class Safeguards {

        @Option(names = "--checksum", paramLabel = "ALGORITHM:HEX", description = "What the source's bytes must be: md5, sha1, sha256 or sha512.")
        @Nullable
        String checksum;

        @Option(names = "--scratch", paramLabel = "DIR", description = "Folder for data that cannot be placed yet, besides the target's own filesystem.")
        @Nullable
        Path scratch;

        @Option(names = "--resume", negatable = true, defaultValue = "true", fallbackValue = "true", description = "Keep a journal and go on from an earlier one. On by default.")
        boolean resume = true;

        @Option(names = "--journal-dir", paramLabel = "DIR", description = "Where the journal is kept. By default beside the target; a block device has none"
                + " unless this is given.")
        @Nullable
        Path journalFolder;
    }

    @Override
    public Integer call() throws IOException {
        TransferSpec spec = spec();
        Secrets secrets = Credentials.ofThisProcess().resolve(spec.source(), sourceOptions.user);
        return new TransferRun(Objects.requireNonNull(parent).streams(), output).run(spec, secrets);
    }

    TransferSpec spec() throws NeedsUserException {
        SourceSpec from = sourceOptions.spec(source);
        if (target.toString().isEmpty()) {
            throw Main.usage("The target is empty: name a file or a block device");
        }
        Optional<String> checksum = safeguards.checksum == null
                ? Optional.empty()
                : Optional.of(Checksum.parse(safeguards.checksum).toString());
        return new TransferSpec(from, targetOptions.spec(target), checksum,
                new ResumeSpec(safeguards.resume, folder("--journal-dir", safeguards.journalFolder)),
                folder("--scratch", safeguards.scratch), Optional.empty());
    }

    private static Optional<String> folder(String option, @Nullable Path folder) throws NeedsUserException {
        if (folder != null && !Files.isDirectory(folder)) {
            throw Main.usage(option + " " + folder + " is no folder: create it first");
        }
        return Optional.ofNullable(folder).map(Path::toString);
    }
}
