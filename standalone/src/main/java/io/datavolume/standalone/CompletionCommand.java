package io.datavolume.standalone;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Prints what a shell needs to complete commands and options. The script names the values of an option by its
 * parameter label, so labels with different values must differ.
 */
@Command(name = "completion", description = "Prints a script with which a shell completes commands and options.", footerHeading = "%nExamples:%n", footer = {
    "  source <(cdi completion bash)",
    "  cdi completion bash > ~/.local/share/bash-completion/completions/cdi",
    "  source <(cdi completion zsh)"})
final class CompletionCommand implements Callable<Integer> {

    /** Shells that are known; the script for bash switches zsh's compatibility on by itself. */
    enum Shell {
        BASH, ZSH
    }

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", converter = Choice.Shells.class, completionCandidates = Choice.Shells.class, description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        // Where nothing else fits, a file name does: a source may be a URL, and is none for the generator.
        String script = AutoComplete.bash("cdi", Objects.requireNonNull(spec).root().commandLine())
                .replaceAll("(?m)^.*compopt \\+o default\\R", "");
        Objects.requireNonNull(parent).streams().out().print(script);
        return ExitCode.DONE.number();
    }
}
