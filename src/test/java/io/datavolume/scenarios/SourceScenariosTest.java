package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pipes, archives and registries, filled by other programs. */
class SourceScenariosTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An OCI layout with the disk in its upper layer, by tar, gzip and jq. */
    private static final String LAYOUT = """
            cd "$0"; mkdir -p lower/etc upper/disk layout/blobs/sha256
            echo containerdisk > lower/etc/motd; cp "$1" upper/disk/disk.qcow2
            put() { s=$(sha256sum < "$1"); s=${s%% *}; mv "$1" "layout/blobs/sha256/$s"; echo "$s"; }
            layers='[]' ids='[]'
            for l in lower upper; do
              tar -C $l --owner=107 --group=107 -cf $l.tar .
              id=$(sha256sum < $l.tar); gzip -n1 $l.tar; size=$(stat -c %s $l.tar.gz)
              ids=$(jq -nc --argjson a "$ids" --arg d "sha256:${id%% *}" '$a+[$d]')
              layers=$(jq -nc --argjson a "$layers" --arg d "sha256:$(put $l.tar.gz)" --argjson n "$size" \
                '$a+[{mediaType:"application/vnd.oci.image.layer.v1.tar+gzip",digest:$d,size:$n}]')
            done
            jq -nc --argjson ids "$ids" '{architecture:"amd64",os:"linux",
              config:{Env:["PATH=/bin","INSTANCETYPE_KUBEVIRT_IO_DEFAULT_INSTANCETYPE=u1.small"]},
              rootfs:{type:"layers",diff_ids:$ids}}' > config
            size=$(stat -c %s config)
            jq -nc --argjson layers "$layers" --arg d "sha256:$(put config)" --argjson n "$size" '{schemaVersion:2,
              mediaType:"application/vnd.oci.image.manifest.v1+json",
              config:{mediaType:"application/vnd.oci.image.config.v1+json",digest:$d,size:$n},
              layers:$layers}' > manifest
            size=$(stat -c %s manifest)
            jq -nc --arg d "sha256:$(put manifest)" --argjson n "$size" '{schemaVersion:2,manifests:[{digest:$d,size:$n,
              mediaType:"application/vnd.oci.image.manifest.v1+json",
              annotations:{"org.opencontainers.image.ref.name":"latest"}}]}' > layout/index.json
            echo '{"imageLayoutVersion":"1.0.0"}' > layout/oci-layout
            """;

    @TempDir
    static Path folder;
    private static Path served;
    private static Path raw;
    private static Path image;
    private static Registry registry;
    private static String digest;

    @TempDir
    Path targets;

    @BeforeAll
    static void makeSources() throws Exception {
        served = Files.createDirectory(folder.resolve("served"));
        raw = TestDisk.write(served.resolve("disk.raw"));
        image = TestDisk.qcow2(raw, served.resolve("disk.qcow2"));
        Cdi.tool("gzip", "-1", "-k", raw.toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", image.toString(), "-F", "qcow2",
                served.resolve("overlay.qcow2").toString());
        Cdi.tool("bash", "-euc", LAYOUT, folder.toString(), image.toString());
        registry = new Registry(Files.createDirectory(folder.resolve("registry")));
        copy("docker-archive:" + folder.resolve("docker.tar") + ":disks/fedora:41");
        copy("oci-archive:" + folder.resolve("oci.tar") + ":latest");
        copy(registry.image("fedora:41"));
        digest = Cdi.tool("skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}",
                registry.image("fedora:41")).strip();
    }

    private static void copy(String to) throws IOException, InterruptedException {
        Cdi.tool("skopeo", "copy", "-q", "--insecure-policy", "--dest-tls-verify=false",
                "oci:" + folder.resolve("layout") + ":latest", to);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        registry.close();
    }

    private Path target() {
        return targets.resolve("disk.img");
    }

    private void assertNothingLeft() throws IOException {
        try (var files = Files.list(targets)) {
            assertEquals("[]", files.toList().toString());
        }
    }

    /** Runs an import from standard input, into which a program writes. */
    private Cdi.Ended pipe(String writer, Path file) throws IOException, InterruptedException {
        return Cdi.wait(new ProcessBuilder("bash", "-c", writer + " \"$0\" | \"$1\" import - \"$2\"", file.toString(),
                Cdi.root().resolve("cdi").toString(), target().toString()).start());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.qcow2", "disk.raw.gz"})
    void pipedImageIsIdentical(String name) throws Exception {
        pipe("cat", served.resolve(name)).expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.qcow2", "disk.raw.gz"})
    void pipeThatEndsTooEarlyGivesNoDisk(String name) throws Exception {
        Cdi.Ended ended = pipe("head -c 5000000", served.resolve(name));
        assertTrue(ended.exit() == 1 || ended.exit() == 3, "exit " + ended.exit() + ended.err());
        assertFalse(Files.exists(target()), ended.out());
    }

    @Test
    void engineOfQemuGivesTheSameDisk() throws Exception {
        Cdi.run("convert", image.toString(), target().toString(), "--engine", "qemu-img").expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    @Test
    void engineOfQemuSeesNothingThatTheChecksRefuse() throws Exception {
        Cdi.run("convert", served.resolve("overlay.qcow2").toString(), target().toString(), "--engine", "qemu-img")
                .expect(3);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-archive:docker.tar", "oci-archive:oci.tar"})
    void archiveThatSkopeoWroteIsIdentical(String source) throws Exception {
        String[] parts = source.split(":");
        Cdi.run("import", parts[0] + ":" + folder.resolve(parts[1]), target().toString()).expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-archive:docker.tar", "oci-archive:oci.tar"})
    void archiveWithOneChangedByteGivesNoDisk(String source) throws Exception {
        String[] parts = source.split(":");
        Path broken = Files.copy(folder.resolve(parts[1]), folder.resolve("broken-" + parts[1]));
        flip(broken);
        Cdi.Ended ended = Cdi.run("import", parts[0] + ":" + broken, target().toString());
        assertTrue(ended.exit() == 1 || ended.exit() == 3 || ended.exit() == 4, "exit " + ended.exit() + ended.err());
        assertFalse(Files.exists(target()), ended.out());
    }

    @Test
    void imageOfARegistryIsIdenticalAndBringsItsLabels() throws Exception {
        Cdi.Ended ended = Cdi.run("import", registry.image("fedora:41"), target().toString(), "--insecure", "--output",
                "json").expect(0);
        Cdi.assertSameDisk(raw, target());
        JsonNode result = JSON.readTree(ended.out());
        assertEquals(digest, result.get("digest").asString());
        assertEquals("u1.small",
                result.get("labels").get("instancetype.kubevirt.io/default-instancetype").asString(), ended.out());
    }

    @Test
    void plainHttpIsSpokenToARegistryOnlyWhenAllowed() throws Exception {
        Cdi.Ended ended = Cdi
                .run("import", registry.image("fedora:41"), target().toString(), "--retry-timeout", "1s").expect(1);
        assertTrue(ended.err().contains("--insecure"), ended.err());
        assertNothingLeft();
    }

    @Test
    void registryWithAPrivateAuthorityNeedsItsCertificate() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("secure")), served, 0,
                registry.behindNginx())) {
            String source = nginx.secureUrl("fedora:41").replace("https:", "docker:");
            Cdi.Ended refused = Cdi.run("import", source, target().toString()).expect(1);
            assertTrue(refused.err().contains("--ca"), refused.err());
            assertNothingLeft();
            Path authorities = Files.createDirectory(folder.resolve("authorities"));
            Files.copy(nginx.authority(), authorities.resolve("authority.pem"));
            Cdi.run("import", source, target().toString(), "--ca", authorities.toString()).expect(0);
            Cdi.assertSameDisk(raw, target());
            Cdi.run("import", source, target().toString(), "--insecure", "--force").expect(0);
            Cdi.assertSameDisk(raw, target());
        }
    }

    @Test
    void tablesAtTheEndOfADiskInALayerAreWaitedFor() throws Exception {
        Path late = Files.createDirectory(folder.resolve("late"));
        Path disk = late.resolve("late.qcow2");
        Cdi.tool("qemu-img", "convert", "-O", "qcow2", "-o", "cluster_size=4k", raw.toString(), disk.toString());
        Cdi.tool("qemu-img", "resize", "-q", disk.toString(), "64G");
        Cdi.tool("bash", "-euc", LAYOUT + "tar -C layout -cf late.tar .", late.toString(), disk.toString());
        Cdi.run("import", "oci-archive:" + late.resolve("late.tar"), target().toString()).expect(0);
        Cdi.tool("qemu-img", "compare", "-q", "-f", "qcow2", "-F", "raw", disk.toString(), target().toString());
    }

    @Test
    void imageIsFoundByItsDigestAndByNoOther() throws Exception {
        Cdi.run("import", registry.image("fedora@" + digest), target().toString(), "--insecure").expect(0);
        Cdi.assertSameDisk(raw, target());
        Files.delete(target());
        Cdi.run("import", registry.image("fedora@sha256:" + "0".repeat(64)), target().toString(), "--insecure")
                .expect(1);
        assertNothingLeft();
    }

    @Test
    void registryThatSendsAnotherManifestThanItsDigestIsRefused() throws Exception {
        copy(registry.image("forged:1"));
        String whole = Cdi.tool("skopeo", "inspect", "--tls-verify=false", "--raw", registry.image("forged:1"));
        // One more blank is the same JSON, but not the same manifest.
        Path manifest = registry.blob(digest);
        Files.writeString(manifest, whole + " ");
        try {
            Cdi.Ended ended = Cdi.run("import", registry.image("forged@" + digest), target().toString(), "--insecure",
                    "--retry-timeout", "1s");
            assertTrue(ended.exit() != 0, ended.out());
            assertFalse(Files.exists(target()));
        } finally {
            Files.writeString(manifest, whole);
        }
    }

    @Test
    void layerThatChangedInTheRegistryGivesNoDisk() throws Exception {
        JsonNode manifest = JSON.readTree(Files.readString(registry.blob(digest)));
        Path layer = registry.blob(manifest.get("layers").get(1).get("digest").asString());
        flip(layer);
        try {
            Cdi.Ended ended = Cdi.run("import", registry.image("fedora:41"), target().toString(), "--insecure",
                    "--retry-timeout", "1s");
            assertTrue(ended.exit() != 0, ended.out());
            assertFalse(Files.exists(target()));
        } finally {
            flip(layer);
        }
    }

    /** Changes a byte in the middle; a second time changes it back. */
    private static void flip(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = open.length() / 2;
            open.seek(middle);
            int old = open.read();
            open.seek(middle);
            open.write(old ^ 0x40);
        }
    }

    @Test
    void inspectionOfARemoteImageReadsLessThanTwoMebibytes() throws Exception {
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            Cdi.Ended ended = Cdi.run("inspect", nginx.url("disk.qcow2"), "--output", "json").expect(0);
            JsonNode json = JSON.readTree(ended.out());
            assertEquals(TestDisk.SIZE, json.get("virtualSize").asLong());
            assertTrue(Files.size(image) > 16L << 20);
            assertTrue(json.get("bytesRead").asLong() < 2L << 20, ended.out());
            long sent = nginx.takeBytesSent();
            assertTrue(sent < 2L << 20, "sent: " + sent);
        }
    }
}
