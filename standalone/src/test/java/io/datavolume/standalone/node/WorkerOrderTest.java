package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.Wire;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerOrderTest {

    /** Texts of an order that are no paths, whatever they look like. */
    private static final Set<String> NO_PATHS = Set.of("format", "headers", "platform", "denied", "preallocation",
            "cache", "checksum", "ownerUid", "mode");

    @TempDir
    private Path folder;

    @Test
    void pathsUnderMountsBecomeThoseOfThisMachine() throws Exception {
        Mounts mounts = Mounts.of(new ContainerBuilder().addNewVolumeMount().withName("data").withMountPath("/data")
                .endVolumeMount().addNewVolumeMount().withName("certs").withMountPath("/data/certs/").endVolumeMount()
                .build(),
                Map.of("data", new PreparedVolume(Path.of("/real/d"), 1), "certs",
                        new PreparedVolume(Path.of("/real/c"), 0)));
        TransferSpec.SourceSpec source = TransferSpec.of("file:/data/x", "").source();
        TransferSpec order = new TransferSpec(
                new TransferSpec.SourceSpec("file:/data/x", Optional.of("/data"), Optional.of("/data/user"),
                        Optional.of("/elsewhere/password"), List.of("/data: header"), List.of("/data/h1", "/data/h2"),
                        List.of("/data/certs", "/data/certs/ca.pem", "/database"), source.insecure(),
                        source.platform(), Optional.of("/data/../etc/passwd"), source.connections(),
                        source.stallSeconds(), source.retrySeconds(), source.denied()),
                new TransferSpec.TargetSpec("/data/disk.img", Optional.of(5L), "off", "auto", false), Optional.empty(),
                new TransferSpec.ResumeSpec(true, Optional.of("/data")), Optional.of("/data/scratch"),
                Optional.of(new TransferSpec.MetricsSpec(8443, "uid")));
        TransferSpec local = localize(order, mounts);
        assertEquals("file:/real/d/x", local.source().location());
        assertEquals(Optional.of("/data"), local.source().format());
        assertEquals(Optional.of("/real/d/user"), local.source().userFile());
        assertEquals(Optional.of("/elsewhere/password"), local.source().passwordFile());
        assertEquals(List.of("/data: header"), local.source().headers());
        assertEquals(List.of("/real/d/h1", "/real/d/h2"), local.source().headerFiles());
        assertEquals(List.of("/real/c", "/real/c/ca.pem", "/database"), local.source().certificates());
        assertEquals(Optional.of("/data/../etc/passwd"), local.source().dockerConfig());
        assertEquals(new TransferSpec.TargetSpec("/real/d/disk.img", Optional.of(5L), "off", "auto", false),
                local.target());
        assertEquals(Optional.of("/real/d"), local.resume().folder());
        assertEquals(Optional.of("/real/d/scratch"), local.scratchFolder());
        assertEquals(Optional.empty(), local.metrics());
    }

    @Test
    void aFileThatStandsForADeviceKeepsItsSize() throws Exception {
        Path file = Files.write(folder.resolve("block"), new byte[7]);
        Container container = new ContainerBuilder().addNewVolumeDevice("/dev/cdi-block-volume", "data").build();
        Mounts mounts = Mounts.of(container, Map.of("data", new PreparedVolume(file, 7)));
        TransferSpec.TargetSpec target = new TransferSpec.TargetSpec("/dev/cdi-block-volume", Optional.of(9L), "off",
                "auto", false, Optional.of(0.055), Optional.empty(), true);
        TransferSpec of = TransferSpec.of("docker://x", "");
        TransferSpec local = localize(new TransferSpec(of.source(), target, of.checksum(), of.resume(),
                of.scratchFolder(), of.metrics()), mounts);
        assertEquals(new TransferSpec.TargetSpec(file.toString(), Optional.of(7L), "off", "auto", true),
                local.target());
        assertEquals("docker://x", local.source().location());
    }

    @Test
    void everyTextOfAnOrderIsKnownAsAPathOrAsNone() {
        Set<String> texts = new TreeSet<>();
        collect(TransferSpec.class, texts);
        assertTrue(texts.containsAll(WorkerOrder.PATHS), texts.toString());
        texts.removeAll(WorkerOrder.PATHS);
        texts.removeAll(NO_PATHS);
        assertEquals(Set.of(), texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{"})
    void whatIsNoOrderIsRefused(String text) throws Exception {
        Mounts none = Mounts.of(new Container(), Map.of());
        assertThrows(NotReadyException.class, () -> WorkerOrder.localize(text, none));
    }

    @Test
    void mountsThatLeadOutOfTheirVolumeAreRefused() {
        Container container = new ContainerBuilder().addNewVolumeMount().withName("v").withMountPath("/data")
                .withSubPath("../other").endVolumeMount().build();
        assertThrows(NotReadyException.class,
                () -> Mounts.of(container, Map.of("v", new PreparedVolume(Path.of("/real/v"), 0))));
    }

    private static TransferSpec localize(TransferSpec order, Mounts mounts) throws Exception {
        return Wire.spec(WorkerOrder.localize(Wire.json(order), mounts));
    }

    private static void collect(Class<?> type, Set<String> texts) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, texts);
            }
        }
        for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
            String generic = component.getGenericType().getTypeName();
            if (generic.contains("java.lang.String")) {
                texts.add(component.getName());
            }
            for (Class<?> inner : type.getNestHost().getDeclaredClasses()) {
                if (generic.contains(inner.getName()) && inner != type) {
                    collect(inner, texts);
                }
            }
        }
    }
}
