package io.datavolume.standalone.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

    private static final String GOOD = """
            apiVersion: cdi.kubevirt.io/v1beta1
            kind: DataVolume
            metadata: {name: disk}
            spec:
              source: {http: {url: "https://example.org/disk.qcow2"}}
              storage: {resources: {requests: {storage: 1Gi}}}
            """;

    private static List<Manifest> read(String text) throws IOException {
        return new ManifestReader("images", false).read(List.of("-"),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void objectWithoutNamespaceGetsTheOneThatIsMeant() throws Exception {
        Manifest manifest = read(GOOD).getFirst();
        assertEquals("images", manifest.key().namespace());
        assertEquals("datavolume.cdi.kubevirt.io/disk", manifest.name());
    }

    /** Each replaces some text of the good manifest, and the error names the field. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "source:       | sourze:                  | spec.sourze",
        "source: {http | source: {blank: {}, http | spec.source",
        "1Gi           | 1Quux                    | spec.storage.resources.requests.storage",
        "https:        | htps:                    | spec.source.HTTP.url",
        "name: disk    | name: Disk_1             | metadata.name",
        "name: disk    | nam: disk                | metadata.nam",
        "{name: disk}  | {name: disk, labels: {a: 1}} | metadata.labels.a",
        "DataVolume    | DataVolumes              | kind",
        "v1beta1       | v1alpha1                 | kind",
        "apiVersion    | apiversion               | apiVersion"})
    void manifestThatIsWrongIsRefusedWithItsField(String good, String bad, String field) {
        String text = GOOD.replace(good, bad);
        assertFalse(text.equals(GOOD), "nothing was replaced");
        var refused = assertThrows(NeedsUserException.class, () -> read(text));
        assertEquals(NeedsUserException.Reason.USAGE, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains(" " + field + ":"), refused.getMessage());
    }

    @Test
    void secondDocumentOfOneNameIsRefused() {
        var refused = assertThrows(NeedsUserException.class, () -> read(GOOD + "---\n" + GOOD));
        assertTrue(String.valueOf(refused.getMessage()).contains("document 2"), refused.getMessage());
    }

    @Test
    void listOfObjectsCountsAsItsItems() throws Exception {
        assertEquals(1, read("kind: List\napiVersion: v1\nitems:\n- " + GOOD.indent(2).strip() + "\n").size());
    }

    @Test
    void textThatIsNoYamlIsRefusedWithItsLine() {
        var refused = assertThrows(NeedsUserException.class, () -> read("a: b\nc: [\n"));
        assertTrue(String.valueOf(refused.getMessage()).contains("line "), refused.getMessage());
    }

    @Test
    void filesOfAFolderAreReadInTheirOrder(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("2.yaml"), GOOD.replace("name: disk", "name: second"));
        Files.writeString(folder.resolve("1.yml"), GOOD);
        Files.writeString(folder.resolve("notes.txt"), "no manifest");
        List<Manifest> all = new ManifestReader("images", false).read(List.of(folder.toString()),
                new ByteArrayInputStream(new byte[0]));
        assertEquals(List.of("disk", "second"), all.stream().map(manifest -> manifest.key().name()).toList());
    }

    @Test
    void otherNamespaceThanTheOptionsIsRefused() {
        String text = GOOD.replace("{name: disk}", "{name: disk, namespace: other}");
        var refused = assertThrows(NeedsUserException.class, () -> new ManifestReader("images", true)
                .read(List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        assertTrue(String.valueOf(refused.getMessage()).contains("metadata.namespace"), refused.getMessage());
    }
}
