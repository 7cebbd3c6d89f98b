package io.datavolume.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import org.jspecify.annotations.Nullable;

/** The command itself; all work is done by its subcommands. */
@Command(name = "cdi", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = VersionCommand.class, synopsisSubcommandLabel = "COMMAND", description = "Fills files and block devices with virtual-machine disks, verified and in one pass.", footerHeading = "%nExamples:%n", footer = {
    "  cdi import https://example.org/disk.qcow2 disk.img",
    "  cdi inspect docker://quay.io/containerdisks/fedora:latest",
    "  cdi apply -f datavolume.yaml"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:done", "1:failed; trying again may help, or the message says what to do", "2:wrong usage",
        "3:the image was refused", "4:the checksum or digest does not match",
        "5:no space: the disk is full, or the image is larger than the target"})
final class CdiCommand implements Runnable {

    private final Streams streams;

    @Spec
    private @Nullable CommandSpec spec;

    CdiCommand(Streams streams) {
        this.streams = streams;
    }

    Streams streams() {
        return streams;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(),
                    "No command is given: import, inspect, convert, apply, get, describe, logs, retry, delete, completion or version");
        }
    }
}
