package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    /** Stands for the variable KUBECONFIG, which a test cannot set. */
    private static final String PROPERTY = "kubeconfig";

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void withoutAContextTheCurrentOneIsMeant() throws IOException {
        use(KUBECONFIG);
        Connection connection = Connection.find(Optional.empty());
        assertEquals("https://one.example:6443", connection.server());
        assertEquals("default", connection.namespace());
    }

    @Test
    void aContextIsFoundByItsName() throws IOException {
        use(KUBECONFIG);
        Connection connection = Connection.find(Optional.of("second"));
        assertEquals("https://two.example:6443", connection.server());
        assertEquals("disks", connection.namespace());
    }

    @Test
    void aContextThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        use(KUBECONFIG);
        var refusal = assertThrows(IllegalArgumentException.class, () -> Connection.find(Optional.of("third")));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("there is no context 'third' in "),
                refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).endsWith("; there are: first, second"), refusal.getMessage());
    }

    @Test
    void aFileThatIsNotThereNamesNoCluster() {
        System.setProperty(PROPERTY, folder.resolve("none").toString());
        var refusal = assertThrows(IllegalArgumentException.class, () -> Connection.find(Optional.empty()));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("no cluster is configured: "), refusal.getMessage());
    }

    @Test
    void aFileThatIsNoKubeconfigIsRefusedByItsName() throws IOException {
        use("{ not yaml: [");
        var refusal = assertThrows(IllegalArgumentException.class, () -> Connection.find(Optional.empty()));
        assertTrue(String.valueOf(refusal.getMessage()).contains(folder.resolve("config").toString()),
                refusal.getMessage());
    }

    private void use(String text) throws IOException {
        System.setProperty(PROPERTY, Files.writeString(folder.resolve("config"), text).toString());
    }

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: first
            clusters:
            - {name: one, cluster: {server: "https://one.example:6443"}}
            - {name: two, cluster: {server: "https://two.example:6443"}}
            users:
            - {name: me, user: {token: secret}}
            contexts:
            - {name: first, context: {cluster: one, user: me}}
            - {name: second, context: {cluster: two, user: me, namespace: disks}}
            """;
}
