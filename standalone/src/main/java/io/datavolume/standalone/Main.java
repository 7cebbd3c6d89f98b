package io.datavolume.standalone;

import io.datavolume.importer.http.DisplayUrl;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.TransferException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry of the {@code cdi} command. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        String first = args.length == 0 ? "" : args[0];
        System.exit(commandLine(new Streams(System.out, System.err), first).execute(args));
    }

    static CommandLine commandLine(Streams streams) {
        return commandLine(streams, "");
    }

    /** With the one command that is named, since reading the annotations of all takes longer than a small import. */
    private static CommandLine commandLine(Streams streams, String name) {
        CommandLine line = new CommandLine(new CdiCommand(streams));
        switch (name) {
            case "import" -> line.addSubcommand(new ImportCommand());
            case "inspect" -> line.addSubcommand(new InspectCommand());
            case "convert" -> line.addSubcommand(new ConvertCommand());
            case "apply" -> line.addSubcommand(new ApplyCommand());
            case "get" -> line.addSubcommand(new GetCommand());
            case "describe" -> line.addSubcommand(new DescribeCommand());
            case "logs" -> line.addSubcommand(new LogsCommand());
            case "manifests" -> line.addSubcommand(new ManifestsCommand());
            case "version" -> line.addSubcommand(new VersionCommand());
            default -> line.addSubcommand(new ImportCommand()).addSubcommand(new InspectCommand())
                    .addSubcommand(new ConvertCommand()).addSubcommand(new ApplyCommand())
                    .addSubcommand(new GetCommand()).addSubcommand(new DescribeCommand())
                    .addSubcommand(new LogsCommand()).addSubcommand(new RetryCommand())
                    .addSubcommand(new DeleteCommand()).addSubcommand(new ManifestsCommand())
                    .addSubcommand(new CompletionCommand())
                    .addSubcommand(new VersionCommand())
                    .addSubcommand(new CommandLine.HelpCommand());
        }
        line.setOut(new PrintWriter(streams.out(), true));
        line.setErr(new PrintWriter(streams.err(), true));
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((failure, args) -> misused(streams, failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(streams, failure, parsed));
        return line;
    }

    /** What is wrong and where to read on; all of the help would push the error off the screen. */
    private static int misused(Streams streams, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        // What was not understood may be a URL with a password in it.
        streams.error(DisplayUrl.redacted(String.valueOf(failure.getMessage())),
                command.getCommandSpec().qualifiedName() + " --help tells what is possible");
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().flush();
        return ExitCode.USAGE.number();
    }

    private static int report(Streams streams, Exception failure, ParseResult parsed) {
        switch (failure) {
            case TransferException known -> {
                streams.error(String.valueOf(known.getMessage()), Hints.of(known));
                return ExitCode.of(known).number();
            }
            case NoSuchFileException e -> streams.error("Tried to open " + e.getFile() + " but it does not exist", "");
            case ClusterException e -> streams.error("The cluster answered: " + e.getMessage(), "");
            case AccessDeniedException e -> streams.error("Tried to open " + e.getFile() + " but access is denied", "");
            default -> {
                String command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().qualifiedName() : "cdi";
                streams.error("Tried to run " + command + " but it failed: " + failure,
                        System.getenv("CDI_DEBUG") == null ? "set CDI_DEBUG=1 to see where" : "");
                if (System.getenv("CDI_DEBUG") != null) {
                    failure.printStackTrace(streams.err());
                }
            }
        }
        return ExitCode.FAILED.number();
    }

    /** A wrong order: exit code 2. */
    static NeedsUserException usage(String message) {
        return new NeedsUserException(NeedsUserException.Reason.USAGE, message);
    }
}
