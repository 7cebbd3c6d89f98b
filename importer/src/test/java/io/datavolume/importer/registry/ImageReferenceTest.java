package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.failure.NeedsUserException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({"fedora, registry-1.docker.io, library/fedora, latest",
        "kubevirt/disk:39, registry-1.docker.io, kubevirt/disk, 39",
        "docker.io/fedora, registry-1.docker.io, library/fedora, latest",
        "index.docker.io/a/b, registry-1.docker.io, a/b, latest",
        "quay.io/containerdisks/centos:7-2009, quay.io, containerdisks/centos, 7-2009",
        "localhost/a, localhost, a, latest", "localhost:5000/a/b__c/d-e:v1.0_x, localhost:5000, a/b__c/d-e, v1.0_x",
        "[::1]:5000/a, [::1]:5000, a, latest", "host:1/a, host:1, a, latest", "UPPER/a, UPPER, a, latest"})
    void registryNameIsTakenApart(String name, String apiHost, String repository, String tag) throws Exception {
        ImageReference.Remote reference = (ImageReference.Remote) ImageReference.parse("docker://" + name);
        assertEquals(apiHost, reference.apiHost());
        assertEquals(repository, reference.repository());
        assertEquals(tag, reference.tagOrDigest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"quay.io/a/b@sha256:", "quay.io/a/b:39@sha256:"})
    void digestGoesBeforeTheTag(String name) throws Exception {
        ImageReference.Remote reference = (ImageReference.Remote) ImageReference.parse("docker://" + name + HEX);
        assertEquals("sha256:" + HEX, reference.tagOrDigest());
        assertEquals("docker://quay.io/a/b@sha256:" + HEX, reference.toString());
    }

    @Test
    void archivesHaveAFileAndMaybeATag() throws Exception {
        assertEquals(new ImageReference.OciArchive(Path.of("/a/b.tar"), Optional.of("v1")),
                ImageReference.parse("oci-archive:/a/b.tar:v1"));
        assertEquals(new ImageReference.DockerArchive(Path.of("b.tar"), Optional.of("quay.io/a:v1")),
                ImageReference.parse("docker-archive:b.tar:quay.io/a:v1"));
        assertEquals(new ImageReference.OciArchive(Path.of("b.tar"), Optional.empty()),
                ImageReference.parse("oci-archive:b.tar"));
    }

    @Test
    void unknownTransportIsRefusedInThePeersWords() {
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> ImageReference.parse("ftp://a/b"));
        assertEquals("Could not parse image: Invalid image name \"ftp://a/b\", unknown transport",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fedora", "docker:", "docker:fedora", "docker://", "docker:///a", "docker://a/",
        "docker://a//b", "docker://Fedora", "docker://quay.io/A", "docker://quay.io/a:", "docker://quay.io/a:-x",
        "docker://quay.io/a@sha256:12", "docker://quay.io/a@md5:0123", "docker://user:pw@quay.io/a",
        "docker://quay.io:0/a", "docker://quay.io:65536/a", "docker://quay.io:123456/a", "docker://-a.io/a",
        "docker://a..io/a", "docker://quay.io/a/../b", "docker://quay.io/a?x=y", "docker://quay.io/a#b",
        "docker://quay.io/a b", "docker://quay.io/a\r\nX: y", "docker://quay.io/a\0", "docker://quay.io/%2e%2e",
        "docker://exa\u043cple.com/a", "oci-archive:", "oci-archive::v1", "docker-archive:a\0b"})
    void nameThatIsNoneIsRefused(String name) {
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> ImageReference.parse(name));
        assertEquals(NeedsUserException.Reason.USAGE, failure.reason());
        Tools.assertMessage(failure, "Could not parse image: ");
    }

    @ParameterizedTest
    @CsvSource({"docker://quay.io/, a, 256", "docker://quay.io/a:, b, 129", "docker://, a/, 3000", "x:, y, 5000",
        "docker://, a-, 4000"})
    void endlessNameIsRefused(String start, String part, int times) {
        assertThrows(NeedsUserException.class, () -> ImageReference.parse(start + part.repeat(times)));
    }
}
