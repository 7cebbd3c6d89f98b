package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.failure.ImageRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageMetadataTest {

    @ParameterizedTest
    @CsvSource({
        "INSTANCETYPE_KUBEVIRT_IO_DEFAULT_INSTANCETYPE=u1.small, instancetype.kubevirt.io/default-instancetype, u1.small",
        "KUBEVIRT_IO_X=y, kubevirt.io/x, y", "A_B_KUBEVIRT_IO_C_D=E_f=g, a.b.kubevirt.io/c-d, E_f=g",
        "KUBEVIRT_IO_EMPTY=, kubevirt.io/empty, ''",
        "X_KUBEVIRT_IO_KUBEVIRT_IO_Y=z, x.kubevirt.io/kubevirt-io-y, z"})
    void environmentOfKubeVirtBecomesLabels(String variable, String label, String value) throws Exception {
        assertEquals(Map.of(label, value), metadata(Map.of(), List.of("PATH=/bin", variable)).volumeLabels());
    }

    @ParameterizedTest
    @CsvSource({"PATH=/KUBEVIRT_IO_X", "kubevirt_io_x=y", "KUBEVIRT_IO_X", "KUBEVIRT_IO=x"})
    void otherEnvironmentDoesNot(String variable) throws Exception {
        assertEquals(Map.of(), metadata(Map.of(), List.of(variable)).volumeLabels());
    }

    @ParameterizedTest
    @CsvSource({"containers.bootc, 1", "ostree.bootable, 1"})
    void bootableContainerIsRefused(String label, String value) {
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> metadata(Map.of(label, value), List.of()));
        assertEquals("bootc", refusal.violations().getFirst().check());
        Tools.assertMessage(refusal, "bootc image detected: ");
    }

    @Test
    void configurationIsReported() throws Exception {
        ImageConfig config = ImageConfig.parse("""
                {"architecture":"arm64","os":"linux","variant":"v8","config":{"Labels":{"containers.bootc":"0"},
                "Env":["KUBEVIRT_IO_A=b"]},"rootfs":null}""".getBytes(StandardCharsets.UTF_8));
        assertEquals("linux/arm64/v8", config.platform().toString());
        Digest digest = Digest.of(Digest.Algorithm.SHA256, new byte[0]);
        ImageMetadata metadata = ImageMetadata.of(new ContainerImage(digest, digest, config, List.of()));
        assertEquals("arm64", metadata.architecture());
        assertEquals(Map.of("containers.bootc", "0"), metadata.imageLabels());
        assertEquals(Map.of("kubevirt.io/a", "b"), metadata.volumeLabels());
        assertEquals(digest, metadata.digest());
    }

    private static ImageMetadata metadata(Map<String, String> labels, List<String> env) throws ImageRefusedException {
        Digest digest = Digest.of(Digest.Algorithm.SHA256, new byte[0]);
        return ImageMetadata.of(new ContainerImage(digest, digest,
                new ImageConfig(Platform.linux("amd64"), labels, env, List.of()), List.of()));
    }
}
