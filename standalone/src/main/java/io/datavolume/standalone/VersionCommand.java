package io.datavolume.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParentCommand;

/** Says what this is. */
@Command(name = "version", description = "Prints the version.", footerHeading = "%nExample:%n", footer = "  cdi version")
final class VersionCommand implements Callable<Integer>, IVersionProvider {

    @ParentCommand
    private @Nullable CdiCommand parent;

    @Override
    public Integer call() throws IOException {
        Objects.requireNonNull(parent).streams().out().println(getVersion()[0]);
        return ExitCode.DONE.number();
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[]{
            "cdi " + version() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ")"};
    }

    /** Of this build. */
    static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Objects.requireNonNull(VersionCommand.class.getResourceAsStream("build.properties"))) {
            build.load(in);
        }
        return build.getProperty("version");
    }
}
