package io.datavolume.standalone;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.worker.SecretFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts together what a source demands: options, files, environment, or a question to the user. */
final class Credentials {

    static final String PASSWORD_VARIABLE = "CDI_PASSWORD";

    /** Field name of <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.1">RFC 9110</a>, then the value. */
    private static final Pattern HEADER = Pattern
            .compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \\t]*[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");

    private final Map<String, String> environment;
    private final Function<String, Optional<String>> ask;

    /** @param ask shows a question and returns what is typed; empty when nobody can be asked */
    Credentials(Map<String, String> environment, Function<String, Optional<String>> ask) {
        this.environment = environment;
        this.ask = ask;
    }

    static Credentials ofThisProcess() {
        return new Credentials(System.getenv(), Credentials::askOnTerminal);
    }

    /** @param user {@code NAME} or {@code NAME:PASSWORD}, if given as an option */
    Secrets resolve(SourceSpec source, @Nullable String user) throws NeedsUserException {
        Secrets files = readFiles(source);
        for (String header : files.headers()) {
            if (!HEADER.matcher(header).matches()) {
                throw Main.usage("A header must be written as 'Name: value' on one line");
            }
        }
        if (user == null) {
            Optional<String> password = files.user().isEmpty() ? files.password() : withoutAsking(files);
            return new Secrets(files.user(), password, files.headers());
        }
        int colon = user.indexOf(':');
        if (colon == 0 || user.isEmpty()) {
            throw Main.usage("--user must begin with a name: NAME or NAME:PASSWORD");
        }
        String name = colon < 0 ? user : user.substring(0, colon);
        String password = colon < 0 ? password(name, files) : user.substring(colon + 1);
        return new Secrets(Optional.of(name), Optional.of(password), files.headers());
    }

    private Optional<String> withoutAsking(Secrets files) {
        return files.password().or(() -> Optional.ofNullable(environment.get(PASSWORD_VARIABLE)));
    }

    private String password(String name, Secrets files) throws NeedsUserException {
        Optional<String> password = withoutAsking(files).or(() -> ask.apply("Password of " + name + ": "));
        return password.orElseThrow(() -> Main.usage("--user " + name + " needs a password: give --password-file or "
                + PASSWORD_VARIABLE + ", or run this on a terminal to be asked"));
    }

    private static Secrets readFiles(SourceSpec source) throws NeedsUserException {
        try {
            return SecretFiles.read(source);
        } catch (NoSuchFileException e) {
            throw Main.usage("Tried to read the credentials in " + e.getFile() + " but it does not exist");
        } catch (IOException e) {
            throw Main.usage("Tried to read the credentials but failed: " + e.getMessage());
        }
    }

    private static Optional<String> askOnTerminal(String question) {
        java.io.Console console = Terminal.interactive() ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("%s", question);
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }
}
