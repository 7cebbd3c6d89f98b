package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveStoreTest {

    @TempDir
    Path folder;

    @Test
    void ociArchiveThatSkopeoWroteIsRead() throws Exception {
        Path layout = disk("oci").layout();
        Tools.run(folder, "skopeo", "copy", "-q", "oci:" + layout, "oci-archive:written.tar:v1");
        assertEquals("oci", read("oci-archive:" + folder.resolve("written.tar") + ":v1"));
        assertEquals("oci", read("oci-archive:" + folder.resolve("written.tar")));
        NeedsUserException failure = assertThrows(NeedsUserException.class,
                () -> read("oci-archive:" + folder.resolve("written.tar") + ":v2"));
        Tools.assertMessage(failure, "no such image in the archive, name one of: v1");
    }

    @Test
    void dockerArchiveThatSkopeoWroteIsRead() throws Exception {
        Path layout = disk("docker").layer("mkdir etc; echo > etc/x").layout();
        Tools.run(folder, "skopeo", "copy", "-q", "oci:" + layout, "docker-archive:written.tar:disks/vm:v1");
        assertEquals("docker", read("docker-archive:" + folder.resolve("written.tar")));
        assertEquals("docker", read("docker-archive:" + folder.resolve("written.tar") + ":disks/vm:v1"));
    }

    @Test
    void dockerArchiveWhoseLayersAreLinksIsRead() throws Exception {
        Path layout = disk("linked").layout();
        Tools.run(folder, "skopeo", "copy", "-q", "oci:" + layout, "docker-archive:written.tar:disks/vm:v1");
        Tools.shell(folder, "mkdir x; tar -C x -xf written.tar; cd x; chmod -R u+w .;"
                + "l=$(python3 -c \"import json;print(json.load(open('manifest.json'))[0]['Layers'][0])\");"
                + "mkdir real; mv $l real/layer.tar; mkdir -p $(dirname $l); rm -f $l;"
                + "ln -sr real/layer.tar $l; tar -cf ../linked.tar *");
        assertEquals("linked", read("docker-archive:" + folder.resolve("linked.tar")));
    }

    @Test
    void dockerArchiveThatIsAnOciLayoutTooIsRead() throws Exception {
        TestImage image = new TestImage(folder).layer(
                "mkdir disk; printf hybrid > disk/vm.img; tar -cf ../layer.tar disk", "gzip");
        Path layout = image.layout();
        Tools.shell(layout, """
                python3 - <<'END'
                import json
                m = json.load(open('index.json'))['manifests'][0]['digest'].replace(':', '/')
                m = json.load(open('blobs/' + m))
                name = lambda d: 'blobs/' + d['digest'].replace(':', '/')
                json.dump([{'Config': name(m['config']), 'RepoTags': ['vm:1'],
                            'Layers': [name(l) for l in m['layers']]}], open('manifest.json', 'w'))
                END
                tar -cf ../hybrid.tar *""");
        assertEquals("hybrid", read("docker-archive:" + folder.resolve("hybrid.tar") + ":vm:1"));
        assertEquals("hybrid", read("oci-archive:" + folder.resolve("hybrid.tar")));
    }

    @Test
    void severalImagesWithoutATagAreToldApartByTheUser() throws Exception {
        Path layout = disk("one").image(",\"annotations\":{\"" + TestImage.NAME + "\":\"a\"}")
                .layer("mkdir disk; printf two > disk/vm.img").image(",\"annotations\":{\"" + TestImage.NAME
                        + "\":\"b\"}")
                .layout();
        Tools.shell(layout, "tar -cf ../two.tar *");
        NeedsUserException failure = assertThrows(NeedsUserException.class,
                () -> read("oci-archive:" + folder.resolve("two.tar")));
        Tools.assertMessage(failure, "more than one image in the archive, name one of: a, b");
        assertEquals("two", read("oci-archive:" + folder.resolve("two.tar") + ":b"));
    }

    @Test
    void compressedArchiveIsRefusedWithAdvice() throws Exception {
        Tools.run(folder, "gzip", disk("x").archive().toString());
        ImageRefusedException failure = assertThrows(ImageRefusedException.class,
                () -> read("oci-archive:" + folder.resolve("image.tar.gz")));
        Tools.assertMessage(failure, "unpack image.tar.gz to a plain tar file first");
    }

    @Test
    void archiveThatIsCutOffIsRefused() throws Exception {
        Path archive = disk("x").archive();
        byte[] content = Files.readAllBytes(archive);
        for (int part = 1; part < 16; part++) {
            Files.write(archive, java.util.Arrays.copyOf(content, content.length * part / 32));
            assertThrows(NeedsUserException.class, () -> read("oci-archive:" + archive));
        }
    }

    @Test
    void archiveWithTaintedPathsIsRefused() throws Exception {
        Path layout = disk("x").layout();
        Tools.shell(layout, "tar -Pcf ../tainted.tar --transform 's,^index.json,../index.json,' *");
        ImageRefusedException failure = assertThrows(ImageRefusedException.class,
                () -> read("oci-archive:" + folder.resolve("tainted.tar")));
        assertEquals("entry-path", failure.violations().getFirst().check());
    }

    @Test
    void archiveThatDoesNotExistIsNotFound() {
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> read("oci-archive:/nowhere.tar"));
        assertEquals(NeedsUserException.Reason.NOT_FOUND, failure.reason());
    }

    private TestImage disk(String content) throws IOException, InterruptedException {
        return new TestImage(folder).layer("mkdir disk; printf " + content + " > disk/vm.img");
    }

    private static String read(String name) throws Exception {
        try (ImageStore store = RegistryStoreTest.open(name, RegistryStoreTest.STRICT);
                ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
            String content = new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8);
            disk.verifyRest();
            return content;
        }
    }
}
