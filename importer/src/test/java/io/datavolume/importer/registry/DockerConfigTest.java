package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

    private static final RegistryCredentials USER = new RegistryCredentials.Basic("me", "pass:word");

    @ParameterizedTest
    @CsvSource({"quay.io, quay.io/a/b", "https://quay.io, quay.io/a/b", "quay.io/a, quay.io/a/b",
        "https://index.docker.io/v1/, fedora", "docker.io, fedora", "localhost:5000, localhost:5000/a"})
    void entryOfTheRegistryIsFound(String key, String image) throws Exception {
        assertEquals(USER, credentials("{'auths':{'other.io':{'auth':'eDp5'},'" + key
                + "':{'auth':'bWU6cGFzczp3b3Jk'}}}", image));
    }

    @Test
    void identityTokenGoesBeforeAPassword() throws Exception {
        assertEquals(new RegistryCredentials.IdentityToken("t"),
                credentials("{'auths':{'quay.io':{'auth':'bWU6','identitytoken':'t'}}}", "quay.io/a"));
    }

    @Test
    void mostSpecificEntryCounts() throws Exception {
        assertEquals(USER, credentials("{'auths':{'quay.io':{'auth':'eDp5'},'quay.io/a':{'username':'me',"
                + "'password':'pass:word'}}}", "quay.io/a/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'auths':{}}", "{'auths':{'quay.io':{}}}",
        "{'auths':{'quay.io.evil.com':{'auth':'eDp5'}}}",
        "{'auths':5}", "{'credHelpers':{'other.io':'x'}}"})
    void otherwiseNobody(String json) throws Exception {
        assertInstanceOf(RegistryCredentials.Anonymous.class, credentials(json, "quay.io/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{'auths':", "{'auths':{'quay.io':{'auth':'!'}}}",
        "{'auths':{'quay.io':{'auth':'c2VjcmV0'}}}", "{'auths':{'quay.io':{'auth':'YTpiCmM='}}}",
        "{'credHelpers':{'quay.io':'ecr-login'}}"})
    void fileThatCannotBeUsedIsRefusedWithoutItsContent(String json) {
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> credentials(json, "quay.io/a"));
        assertEquals(NeedsUserException.Reason.ACCESS_DENIED, failure.reason());
        assertFalse(failure.toString().contains("secret") || failure.toString().contains("c2VjcmV0"));
    }

    @Test
    void credentialStoreIsWarnedOf() throws Exception {
        assertTrue(DockerConfig.parse("{\"credsStore\":\"pass\"}".getBytes(StandardCharsets.UTF_8)).warning()
                .isPresent());
        assertTrue(DockerConfig.parse("{}".getBytes(StandardCharsets.UTF_8)).warning().isEmpty());
    }

    @Test
    void credentialsAreNotPrinted() {
        assertFalse(new RegistryAccess(USER, false, java.time.Duration.ZERO).toString().contains("pass"));
        assertFalse(new RegistryCredentials.IdentityToken("secret").toString().contains("secret"));
    }

    @Test
    void challengesAreTakenApart() {
        List<AuthChallenge> challenges = AuthChallenge.parse(List.of(
                "Basic realm=\"a, \\\"b\\\"\", Bearer realm=\"https://x/t?y=z\",service=s , scope=\"repository:a/b:pull,push\"",
                "Negotiate", "=broken", "x".repeat(9000)));
        assertEquals(List.of(new AuthChallenge("basic", Map.of("realm", "a, \"b\"")),
                new AuthChallenge("bearer",
                        Map.of("realm", "https://x/t?y=z", "service", "s", "scope", "repository:a/b:pull,push")),
                new AuthChallenge("negotiate", Map.of())), challenges);
    }

    private static RegistryCredentials credentials(String json, String image) throws NeedsUserException {
        return DockerConfig.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .credentialsFor((ImageReference.Remote) ImageReference.parse("docker://" + image));
    }
}
