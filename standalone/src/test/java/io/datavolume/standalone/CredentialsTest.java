package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    private static final SourceSpec PLAIN = TransferSpec.of("https://host/x", "x").source();

    @TempDir
    private Path folder;

    private static Credentials with(Map<String, String> environment, String answer) {
        return new Credentials(environment, question -> Optional.ofNullable(answer.isEmpty() ? null : answer));
    }

    private SourceSpec files(String user, String password, List<String> headers) throws Exception {
        Path userFile = Files.writeString(folder.resolve("user"), user);
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        return new SourceSpec("https://host/x", Optional.empty(),
                user.isEmpty() ? Optional.empty() : Optional.of(userFile.toString()),
                password.isEmpty() ? Optional.empty() : Optional.of(passwordFile.toString()), headers, List.of(),
                List.of(), false, Optional.empty(), Optional.empty(), 4, 60, 300, List.of());
    }

    private static void assertLogin(String user, String password, Secrets secrets) {
        assertEquals(Optional.of(user), secrets.user());
        assertEquals(Optional.of(password), secrets.password());
    }

    @Test
    void withoutOptionsThereAreNoSecrets() throws Exception {
        assertEquals(Secrets.NONE, with(Map.of("CDI_PASSWORD", "x"), "y").resolve(PLAIN, null));
    }

    @Test
    void userMayCarryItsPasswordWithColons() throws Exception {
        assertLogin("bob", "a:b", with(Map.of("CDI_PASSWORD", "x"), "y").resolve(PLAIN, "bob:a:b"));
        assertLogin("bob", "", with(Map.of(), "y").resolve(PLAIN, "bob:"));
    }

    @Test
    void passwordFileComesBeforeVariableBeforeQuestion() throws Exception {
        Map<String, String> variable = Map.of("CDI_PASSWORD", "variable");
        assertLogin("bob", "file", with(variable, "asked").resolve(files("", "file\n", List.of()), "bob"));
        assertLogin("bob", "variable", with(variable, "asked").resolve(PLAIN, "bob"));
        assertLogin("bob", "asked", with(Map.of(), "asked").resolve(PLAIN, "bob"));
    }

    @Test
    void userFileTakesThePasswordOfTheVariable() throws Exception {
        assertLogin("eve", "variable",
                with(Map.of("CDI_PASSWORD", "variable"), "").resolve(files("eve", "", List.of()), null));
    }

    @Test
    void whereNobodyCanBeAskedThePasswordIsDemanded() {
        assertThrows(NeedsUserException.class, () -> with(Map.of(), "").resolve(PLAIN, "bob"));
    }

    @Test
    void headersWithLineBreaksAreRefusedWithoutShowingThem() throws Exception {
        SourceSpec spec = files("", "", List.of("X-Token: secret\r\nHost: other"));
        String message = assertThrows(NeedsUserException.class, () -> with(Map.of(), "").resolve(spec, null))
                .toString();
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void dockerLoginIsFoundForRegistriesOnly() throws Exception {
        Path config = Files.writeString(Files.createDirectory(folder.resolve(".docker")).resolve("config.json"), "{}");
        Map<String, String> environment = Map.of("HOME", folder.toString());
        assertEquals(Optional.of(config), DockerLogin.find("docker://host/image", environment));
        assertEquals(Optional.empty(), DockerLogin.find("https://host/image", environment));
        assertEquals(Optional.empty(), DockerLogin.find("docker://host/image", Map.of()));
    }
}
