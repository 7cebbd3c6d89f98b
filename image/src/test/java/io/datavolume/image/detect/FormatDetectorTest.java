package io.datavolume.image.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Format;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatDetectorTest {

    @TempDir
    Path folder;

    private byte[] image(String format, String... options) throws Exception {
        Path file = folder.resolve("image." + format);
        List<String> words = new java.util.ArrayList<>(List.of("qemu-img", "create", "-q", "-f", format));
        words.addAll(List.of(options));
        words.addAll(List.of(file.toString(), "1M"));
        LayoutHarness.command(words.toArray(String[]::new));
        return Files.readAllBytes(file);
    }

    /** As a random driver sees the file. */
    private static Format detect(byte[] file, Optional<Format> declared) throws IOException {
        Optional<ByteBuffer> tail = file.length >= 512
                ? Optional.of(ByteBuffer.wrap(file, file.length - 512, 512))
                : Optional.empty();
        return FormatDetector.detect(ByteBuffer.wrap(file, 0, Math.min(file.length, FormatDetector.HEAD_BYTES)), tail,
                OptionalLong.of(file.length), declared);
    }

    private static Format detect(byte[] file) throws IOException {
        return detect(file, Optional.empty());
    }

    /** As a forward driver sees it. */
    private static Format detectForward(byte[] file, Optional<Format> declared) throws IOException {
        return FormatDetector.detect(ByteBuffer.wrap(file, 0, Math.min(file.length, FormatDetector.HEAD_BYTES)),
                Optional.empty(), OptionalLong.empty(), declared);
    }

    private static List<String> violated(byte[] file, Optional<Format> declared) {
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> detect(file, declared));
        return refusal.violations().stream().map(Violation::check).distinct().toList();
    }

    /** The smallest file that other programs take for an ISO image. */
    private static byte[] iso() {
        byte[] iso = new byte[40 << 10];
        System.arraycopy(new byte[]{1, 'C', 'D', '0', '0', '1', 1, 0}, 0, iso, 0x8000, 8);
        return iso;
    }

    @ParameterizedTest
    @CsvSource({"qcow2,QCOW2", "vmdk,VMDK", "vpc,VHD", "vhdx,VHDX", "vdi,VDI", "raw,RAW"})
    void supportedFormatsAreRecognised(String qemu, Format format) throws Exception {
        byte[] image = image(qemu);
        assertEquals(format, detect(image));
        assertEquals(format, detectForward(image, Optional.empty()));
        assertEquals(format, detect(image, Optional.of(format)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat=0.10", "compat=1.1", "cluster_size=512"})
    void everyQcow2IsRecognised(String option) throws Exception {
        assertEquals(Format.QCOW2, detect(image("qcow2", "-o", option)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monolithicSparse", "streamOptimized"})
    void everyVmdkIsRecognised(String subformat) throws Exception {
        assertEquals(Format.VMDK, detect(image("vmdk", "-o", "subformat=" + subformat)));
    }

    @Test
    void vmdkDescriptorIsVmdkForItsOwnChecks() throws Exception {
        assertEquals(Format.VMDK, detect(image("vmdk", "-o", "subformat=monolithicFlat")));
    }

    @ParameterizedTest
    @CsvSource({"qcow,qcow (version 1)", "qed,qed", "parallels,parallels (extended)"})
    void unsupportedFormatsAreRefusedByName(String qemu, String title) throws Exception {
        byte[] image = image(qemu);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> detect(image));
        assertTrue(refusal.toString().contains("format " + title + " is recognised and not supported"),
                refusal.toString());
        assertEquals(List.of("supported-format"), violated(image, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WithoutFreeSpace", "Bochs Virtual HD Image", "#!/bin/sh\n#V2.0 Format\nmodprobe cloop",
        "COWD", "\u00be\u00ba\u00fe\u00ca\0\0\0\0", "shdw\0\0\0\1", "sprs", "\u0014\u0020\u0028\u0001", "QED\0"})
    void otherStrangersAreRefusedByName(String start) {
        byte[] image = Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 4096);
        assertEquals(List.of("supported-format"), violated(image, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><title>Log in</title>", "\r\n  <HTML lang=en>", "\u00ef\u00bb\u00bf<html>"})
    void webPageIsRefusedUnlessItIsDeclaredRaw(String start) throws Exception {
        byte[] page = start.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(List.of("web-page"), violated(page, Optional.empty()));
        assertEquals(Format.RAW, detect(page, Optional.of(Format.RAW)));
    }

    @Test
    void whatOnlyLooksLikeAWebPageIsADisk() throws Exception {
        assertEquals(Format.RAW, detect("<htmlx>".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(Format.RAW, detect("see <html>".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void appleDiskImageIsKnownByItsTrailer() {
        byte[] image = new byte[4096];
        System.arraycopy("koly".getBytes(StandardCharsets.US_ASCII), 0, image, 4096 - 512, 4);
        assertEquals(List.of("supported-format"), violated(image, Optional.empty()));
    }

    @Test
    void isoIsKnownByItsDescriptor() throws Exception {
        Path file = Files.write(folder.resolve("iso"), iso());
        assertEquals("iso9660", LayoutHarness.command("blkid", "-p", "-s", "TYPE", "-o", "value", file.toString())
                .strip());
        assertEquals(Format.ISO, detect(iso()));
        assertEquals(Format.ISO, detect(iso(), Optional.of(Format.ISO)));
    }

    @Test
    void fixedVhdIsKnownByItsFooter() throws Exception {
        byte[] fixed = image("vpc", "-o", "subformat=fixed");
        assertEquals(Format.VHD, detect(fixed));
        assertEquals(Format.VHD, detect(fixed, Optional.of(Format.VHD)));
        assertEquals(Format.RAW, detectForward(fixed, Optional.empty()));
        assertEquals(Format.VHD, detectForward(fixed, Optional.of(Format.VHD)));
    }

    @Test
    void footerThatDoesNotFitIsRefusedUnlessDeclaredRaw() throws Exception {
        byte[] fixed = image("vpc", "-o", "subformat=fixed");
        byte[] longer = new byte[fixed.length + 512];
        System.arraycopy(fixed, 0, longer, 512, fixed.length);
        assertEquals(List.of("vhd-footer"), violated(longer, Optional.empty()));
        assertEquals(Format.RAW, detect(longer, Optional.of(Format.RAW)));
        fixed[fixed.length - 1] ^= 1;
        assertEquals(List.of("vhd-footer"), violated(fixed, Optional.empty()));
    }

    @Test
    void isoThatIsAlsoQcow2IsRefused() throws Exception {
        byte[] both = iso();
        System.arraycopy(image("qcow2"), 0, both, 0, 4096);
        assertEquals(List.of("polyglot"), violated(both, Optional.empty()));
        assertEquals(List.of("polyglot"), violated(both, Optional.of(Format.ISO)));
        assertEquals(List.of("polyglot"), violated(both, Optional.of(Format.QCOW2)));
    }

    @Test
    void isoThatIsAlsoVdiIsRefused() throws Exception {
        byte[] both = iso();
        System.arraycopy(image("vdi"), 0, both, 0, 512);
        assertEquals(List.of("polyglot"), violated(both, Optional.empty()));
    }

    @Test
    void fixedVhdAroundAnotherImageIsRefused() throws Exception {
        byte[] fixed = image("vpc", "-o", "subformat=fixed");
        System.arraycopy(image("qcow2"), 0, fixed, 0, 4096);
        assertEquals(List.of("polyglot"), violated(fixed, Optional.empty()));
    }

    @Test
    void supportedAndUnsupportedTogetherAreBothNamed() throws Exception {
        byte[] both = iso();
        System.arraycopy(image("qed"), 0, both, 0, 512);
        assertEquals(List.of("polyglot", "supported-format"), violated(both, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"qcow2,VMDK", "raw,QCOW2", "vmdk,VDI", "vpc,VHDX", "raw,ISO", "raw,VHD"})
    void magicMustMatchTheDeclaredFormat(String qemu, Format declared) throws Exception {
        assertEquals(List.of("declared-format"), violated(image(qemu), Optional.of(declared)));
    }

    /** CVE-2026-24708: a guest writes a qcow2 header to its raw disk, so that a tool that guesses follows it. */
    @Test
    void declaredRawThatBeginsWithAQcow2HeaderStaysRaw() throws Exception {
        byte[] disk = new byte[64 << 10];
        System.arraycopy(image("qcow2", "-F", "raw", "-b", "/etc/passwd", "-u"), 0, disk, 0, 4096);
        assertEquals(Format.RAW, detect(disk, Optional.of(Format.RAW)));
        assertEquals(Format.QCOW2, detect(disk));
    }

    @Test
    void luksIsImportedAsRaw() throws Exception {
        // By hand: qemu-img times its key derivation first, and fails on a busy machine.
        byte[] luks = Arrays.copyOf(new byte[]{'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe, 0, 1}, 1 << 20);
        Path disk = folder.resolve("luks");
        Files.write(disk, luks);
        assertTrue(LayoutHarness.command("blkid", "-p", disk.toString()).contains("TYPE=\"crypto_LUKS\""));
        assertEquals(Format.RAW, detect(luks));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 8, 67, 511, 512})
    void shortFilesAreRaw(int length) throws Exception {
        assertEquals(Format.RAW, detect(new byte[length]));
    }

    @Test
    void partitionedDisksAreRaw() throws Exception {
        Path disk = folder.resolve("disk");
        LayoutHarness.command("truncate", "-s", "4M", disk.toString());
        LayoutHarness.command("sgdisk", "--new=1:2048:0", disk.toString());
        assertEquals(Format.RAW, detect(Files.readAllBytes(disk)));
    }

    @Test
    void positionOfTheHeadIsRespected() throws Exception {
        byte[] image = image("qcow2");
        ByteBuffer shifted = ByteBuffer.allocate(100 + 4096).position(100).put(image, 0, 4096).position(100);
        assertEquals(Format.QCOW2, FormatDetector.detect(shifted, Optional.empty(), OptionalLong.empty(),
                Optional.empty()));
        assertEquals(100, shifted.position());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyBytesGiveAFormatOrARefusal(long seed) throws Exception {
        Random random = new Random(seed);
        byte[][] seeds = {image("qcow2"), image("vdi"), image("vpc"), image("vpc", "-o", "subformat=fixed"), iso()};
        for (int round = 0; round < 200; round++) {
            byte[] bytes = Arrays.copyOf(seeds[random.nextInt(seeds.length)], random.nextInt(50_000));
            for (int i = 0; i < 8 && bytes.length > 0; i++) {
                bytes[random.nextInt(Math.min(bytes.length, 600))] = (byte) random.nextInt();
            }
            FuzzedDetection.run(bytes);
        }
    }
}
