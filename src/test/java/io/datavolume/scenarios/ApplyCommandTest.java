package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects on the command line, without a cluster: each command is a process of its own. */
class ApplyCommandTest {

    private static final int MEBIBYTES = 96;

    @TempDir
    Path folder;

    private Path served;
    private Path raw;
    private Path state;

    @BeforeEach
    void makeDisk() throws Exception {
        served = Files.createDirectory(folder.resolve("served"));
        raw = folder.resolve("disk.raw");
        state = folder.resolve("state");
        Cdi.tool("sh", "-c", "head -c " + MEBIBYTES + "M /dev/urandom > " + raw);
        Cdi.tool("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(),
                served.resolve("disk.qcow2").toString());
    }

    private String[] command(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--state", state.toString()));
        return all.toArray(String[]::new);
    }

    private Cdi.Ended cdi(String... words) throws IOException, InterruptedException {
        return Cdi.run(command(words));
    }

    private Path manifest(String url, String more) throws IOException {
        return Files.writeString(folder.resolve("disk.yaml"), """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: disk}
                spec:
                  source: {http: {url: "%s"%s}}
                  storage: {resources: {requests: {storage: %dMi}}}
                """.formatted(url, more, MEBIBYTES));
    }

    /** The path that the command ends with. */
    private static Path disk(Cdi.Ended applied) {
        String line = applied.out().lines().filter(text -> text.startsWith("disk: ")).findFirst().orElseThrow();
        return Path.of(line.substring("disk: ".length()));
    }

    private long files(String folderOfState) throws IOException {
        try (Stream<Path> all = Files.walk(state.resolve(folderOfState))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void exampleOverHttpsWithAPrivateAuthorityEndsInThePathOfItsDisk() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            String example = Files.readString(Cdi.root().resolve("docs/examples/http-import.yaml"))
                    .replace("https://example.org/disk.qcow2", nginx.secureUrl("disk.qcow2"))
                    .replace("# certConfigMap", "certConfigMap").replace("10Gi", MEBIBYTES + "Mi")
                    .replace("http-import", "disk");
            Path file = Files.writeString(folder.resolve("example.yaml"), """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: private-ca}
                    data:
                      ca.pem: |
                    %s---
                    %s""".formatted(Files.readString(nginx.authority()).indent(4), example));
            Cdi.Ended applied = cdi("apply", "-f", file.toString()).expect(0);
            assertTrue(applied.out().contains("datavolume.cdi.kubevirt.io/disk created"), applied.out());
            assertTrue(applied.err().contains("disk Succeeded"), applied.err());
            Cdi.tool("qemu-img", "compare", "-f", "raw", "-F", "qcow2", disk(applied).toString(),
                    served.resolve("disk.qcow2").toString());

            assertTrue(cdi("get", "dv").expect(0).out().matches("(?s)NAME +PHASE +PROGRESS +RESTARTS +AGE\\R"
                    + "disk +Succeeded +100.0% .*"));
            assertTrue(cdi("describe", "dv", "disk").expect(0).out().contains("ImportSucceeded"));
            assertEquals("datavolume.cdi.kubevirt.io/disk",
                    cdi("get", "dv", "disk", "-o", "name").expect(0).out().strip());
            assertTrue(cdi("apply", "-f", file.toString()).expect(0).out()
                    .contains("datavolume.cdi.kubevirt.io/disk unchanged"));

            cdi("delete", "-f", file.toString()).expect(0);
            assertEquals(0, files("volumes"));
            assertFalse(Files.exists(state.resolve("objects/default/datavolumes.cdi.kubevirt.io/disk.json")));
            assertEquals("", cdi("get", "dv,pvc,po").expect(0).out());
        }
    }

    @Test
    void killedCommandGoesOnWhereItWasWhenItIsGivenAgain() throws Exception {
        long length = Files.size(served.resolve("disk.qcow2"));
        // Four seconds for the whole.
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, length / 4)) {
            String[] apply = command("apply", "-f", manifest(nginx.url("disk.qcow2"), "").toString());
            Process first = Cdi.start(apply);
            Path volumes = state.resolve("volumes");
            for (int i = 0; i < 600 && (!Files.isDirectory(volumes) || written(volumes) < length / 3); i++) {
                assertFalse(first.waitFor(50, TimeUnit.MILLISECONDS), "it ended before it could be killed");
            }
            first.destroyForcibly().waitFor();
            long before = nginx.takeBytesSent();
            disk(Cdi.run(apply).expect(0));
            long after = nginx.takeBytesSent();
            long twice = before + after - length;
            assertTrue(before > length / 4, before + " bytes before it was killed");
            assertTrue(twice <= Math.max(length / 20, 8 << 20), twice + " of " + length + " bytes were read twice");
            Cdi.tool("cmp", raw.toString(), disk(cdi("apply", "-f", apply[2]).expect(0)).toString());
        }
    }

    /** Bytes that take room in the volumes. */
    private static long written(Path volumes) throws IOException, InterruptedException {
        return Long.parseLong(Cdi.tool("sh", "-c", "du -s -B1 " + volumes + " | cut -f1").strip());
    }

    @Test
    void whatOnlyTheUserCanMendEndsTheCommandAndIsTriedAgainWhenItIsGivenAgain() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            Path file = manifest(nginx.url("missing.qcow2"), "");
            Cdi.Ended missing = cdi("apply", "-f", file.toString()).expect(1);
            assertTrue(missing.err().contains("404 Not Found"), missing.err());
            Files.copy(served.resolve("disk.qcow2"), served.resolve("missing.qcow2"));
            Cdi.tool("cmp", raw.toString(), disk(cdi("apply", "-f", file.toString()).expect(0)).toString());
        }
    }

    @Test
    void claimOfAUserIsWaitedForAndTriedAgain() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            Path file = Files.writeString(folder.resolve("claim.yaml"), """
                    apiVersion: cdi.kubevirt.io/v1beta1
                    kind: VolumeImportSource
                    metadata: {name: web}
                    spec: {source: {http: {url: "%s"}}}
                    ---
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: disk}
                    spec:
                      accessModes: [ReadWriteOnce]
                      dataSourceRef: {apiGroup: cdi.kubevirt.io, kind: VolumeImportSource, name: web}
                      resources: {requests: {storage: 128Mi}}
                    """.formatted(nginx.url("late.qcow2")));
            Cdi.Ended missing = cdi("apply", "-f", file.toString()).expect(1);
            assertTrue(missing.err().contains("PersistentVolumeClaim default/disk failed: "), missing.err());
            assertTrue(missing.err().contains("404 Not Found"), missing.err());
            Files.copy(served.resolve("disk.qcow2"), served.resolve("late.qcow2"));
            Path disk = disk(cdi("apply", "-f", file.toString()).expect(0));
            Cdi.tool("cmp", "-n", String.valueOf(MEBIBYTES << 20), raw.toString(), disk.toString());

            Path waiting = Files.writeString(folder.resolve("waiting.yaml"), Files.readString(file)
                    .replace("name: disk", "name: idle").replace("spec:\n", "spec:\n  storageClassName: local-wffc\n"));
            assertTrue(cdi("apply", "-f", waiting.toString()).expect(1).err()
                    .contains("PersistentVolumeClaim default/idle waits for a pod"));
        }
    }

    @Test
    void exitCodeTellsWhatWentWrong() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            Path wrongSum = manifest(nginx.url("disk.qcow2"), ", checksum: \"md5:" + "0".repeat(32) + "\"");
            assertTrue(cdi("apply", "-f", wrongSum.toString()).expect(4).err().contains("checksum mismatch"));
            cdi("delete", "dv", "disk").expect(0);
            String text = Files.readString(manifest(nginx.url("disk.qcow2"), ""));
            Path small = Files.writeString(folder.resolve("small.yaml"), text.replace(MEBIBYTES + "Mi", "8Mi"));
            cdi("apply", "-f", small.toString()).expect(5);
            Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", raw.toString(), "-F", "raw",
                    served.resolve("delta.qcow2").toString());
            Path delta = Files.writeString(folder.resolve("delta.yaml"),
                    text.replace("disk.qcow2", "delta.qcow2").replace("name: disk", "name: delta"));
            assertTrue(cdi("apply", "-f", delta.toString()).expect(3).err().contains("backing-file"));
        }
    }

    @Test
    void whatIsNotSupportedYetEndsTheCommand() throws Exception {
        Path file = manifest("https://example.org/disk.tar", "");
        Files.writeString(file, Files.readString(file) + "  contentType: archive\n");
        assertTrue(cdi("apply", "-f", file.toString()).expect(2).err()
                .contains("contentType archive is not supported yet"));
    }

    @Test
    void manifestThatIsWrongLeavesNothingBehind() throws Exception {
        Path file = manifest("https://example.org/disk.qcow2", "");
        Files.writeString(file, Files.readString(file) + "---\n"
                + Files.readString(file).replace("name: disk", "name: other").replace("source", "sourze"));
        Cdi.Ended refused = cdi("apply", "-f", file.toString()).expect(2);
        assertTrue(refused.err().contains("spec.sourze"), refused.err());
        assertFalse(Files.exists(state));
    }

    @Test
    void commandThatOnlyReadsSaysThatThereIsNoCluster() throws Exception {
        assertTrue(cdi("get", "dv").expect(2).err().contains("cdi apply makes one"));
    }
}
