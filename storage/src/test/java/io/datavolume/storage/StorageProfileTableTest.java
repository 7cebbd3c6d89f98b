package io.datavolume.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageProfileTableTest {

    private static final String FILE = "/io/datavolume/storage/capability-table.csv";
    /** Storage of a local cluster, which the specification cannot know. */
    private static final String LOCAL = "local.datavolume.io";
    private static final StorageProfileTable TABLE = StorageProfileTable.bundled();
    private static final Map<String, StorageCapabilities> ROWS = TABLE.rows().stream()
            .collect(Collectors.toMap(StorageCapabilities::key, row -> row));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = FILE, numLinesToSkip = 1, delimiter = ';')
    void everyRowOfTheSpecificationIsInTheTable(String key, String claims, String strategy, String source,
            String minimum, String readWriteOnce) {
        StorageCapabilities row = Objects.requireNonNull(ROWS.get(key));
        assertEquals(claims == null ? "" : claims, row.claims().stream().map(StorageProfileTableTest::shortForm)
                .collect(Collectors.joining(", ")));
        assertEquals(strategy, row.cloneStrategy().orElse(null));
        assertEquals(source, row.sourceFormat());
        assertEquals(minimum, row.minimumSize().orElse(null));
        assertEquals(readWriteOnce != null, row.readWriteOnceForCron());
        assertEquals(key.startsWith("pd.csi.storage.gke.io"), !row.cronSnapshotParameters().isEmpty());
    }

    @Test
    void theTableHasNoOtherRowsThanThoseOfTheSpecificationAndOurOwn() {
        Set<String> others = new TreeSet<>(ROWS.keySet());
        others.removeAll(specified());
        assertEquals(80, specified().size());
        assertEquals(Set.of(LOCAL), others);
    }

    @Test
    void storageWithoutAClusterIsAFolderFirstAndADeviceWhereThatIsAskedFor() {
        StorageCapabilities local = Objects.requireNonNull(ROWS.get(LOCAL));
        assertEquals(List.of("RWO/Filesystem", "RWO/Block"),
                local.claims().stream().map(StorageProfileTableTest::shortForm).toList());
    }

    private static Set<String> specified() {
        try (InputStream in = Objects.requireNonNull(StorageProfileTableTest.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1)
                    .map(line -> line.substring(0, line.indexOf(';'))).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvFileSource(resources = "/io/datavolume/storage/key-mapping.csv", numLinesToSkip = 1, delimiter = ';')
    void parametersChooseTheVariant(String provisioner, String parameters, String key) {
        Recognition recognition = TABLE.recognize(provisioner, parameters(parameters));
        assertEquals(key, switch (recognition) {
            case Recognition.Recognized recognized -> recognized.capabilities().key();
            case Recognition.UnknownParameters unknown -> "UNKNOWN";
            case Recognition.UnknownProvisioner unknown -> "not in the table";
        });
    }

    @Test
    void anUnknownProvisionerIsNotRecognized() {
        assertInstanceOf(Recognition.UnknownProvisioner.class, TABLE.recognize("example.com/disks", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openshift-storage.ceph.rook.io/bucket", "rook-ceph.ceph.rook.io/bucket",
        "openshift-storage.noobaa.io/obc", "stork-snapshot", "kubernetes.io/no-provisioner"})
    void provisionersThatMakeNoDisksAreKnownAsSuch(String provisioner) {
        assertTrue(TABLE.isUnsupported(provisioner));
        assertFalse(TABLE.isUnsupported("example.com/disks"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "{provisioner: a, claims: [RWX/Blok]}                            | \"RWX/Blok\" is not a way to claim",
        "{provisioner: a, claims: [Block]}                               | \"Block\" is not a way to claim",
        "{provisioner: a, claims: [RWO/Block, RWO/Block]}                | a: a way to claim stands twice",
        "{provisioner: a}                                                | a: claims are missing",
        "{provisioner: a, cloneStrategy: copy}                           | a: claims are missing",
        "{claims: []}                                                    | an entry has a provisioner",
        "{provisioner: a, claims: [], cloneStrategy: smart}              | a: cloneStrategy is not",
        "{provisioner: a, claims: [], dataImportCronSource: disk}        | a: dataImportCronSource is not",
        "{provisioner: a, claims: [], minimumSize: 1GiB}                 | a: minimumSize: \"1GiB\" is not",
        "{provisioner: a, claims: [], minimumSise: 1Gi}                  | minimumSise",
        "{provisioner: a, claims: [], claims: []}                        | Duplicate",
        "{provisioner: a, claims: []}, {provisioner: a, claims: []}      | a: it has two entries",
        "{provisioner: a, variants: [{when: {x: y}, claims: []}]}        | a variant has a name",
        "{provisioner: a, variants: [{name: b, claims: []}]}             | a/b: a variant has a condition",
        "{provisioner: a, variants: [{name: b, when: {x: y}}]}           | a/b: claims are missing",
        "{provisioner: a, variants: [{name: b, when: {x: true}, claims: []}]}      | put it between quotation marks",
        "{provisioner: a, variants: [{name: b, when: {x: {equals: y}}, claims: []}]} | is not a test of a parameter",
        "{provisioner: a, variants: [{name: b, when: {x: {is: y, set: true}}, claims: []}]} | is not a test",
        "{provisioner: a, variants: [{name: b, when: {x: {set: yes}}, claims: []}]} | neither true nor false",
        "{provisioner: a, variants: [{name: b, when: {x: []}, claims: []}]}         | empty list",
        "{provisioner: a, variants: [{name: b, when: {x: y}, claims: []}, {name: b, when: {x: z}, claims: []}]} "
                + "| a/b: two variants"})
    void aSlipInTheTableIsNamed(String entries, String message) {
        byte[] yaml = ("provisioners: [" + entries + "]").getBytes(StandardCharsets.UTF_8);
        var e = assertThrows(IllegalArgumentException.class, () -> TableFile.read(new ByteArrayInputStream(yaml)));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
    }

    private static String shortForm(ClaimModes modes) {
        return switch (modes.accessMode()) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadWriteMany" -> "RWX";
            case "ReadOnlyMany" -> "ROX";
            default -> modes.accessMode();
        } + "/" + modes.volumeMode();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        if (text != null) {
            Arrays.stream(text.split("&")).map(pair -> pair.split("=", 2))
                    .forEach(pair -> parameters.put(pair[0], pair[1]));
        }
        return parameters;
    }
}
