package io.datavolume.image.vmdk;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmdkDescriptorRefusalTest {

    private static final String GOOD = """
            # Disk DescriptorFile
            version=1
            CID=7f3a09bc
            parentCID=ffffffff
            createType="monolithicSparse"
            RW 2048 SPARSE "disk.vmdk"
            ddb.adapterType = "ide"
            """;

    @TempDir
    private Path folder;

    private byte[] image = {};

    @BeforeEach
    void writeImage() throws Exception {
        Path file = folder.resolve("disk.vmdk");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vmdk", file.toString(), "1M");
        image = Files.readAllBytes(file);
    }

    @Test
    void goodDescriptorsAreAccepted() throws Exception {
        accepted(GOOD);
        accepted(GOOD.replace("\n", "\r\n"));
        accepted(GOOD.replace("RW ", "RDONLY ").replace("parentCID=ffffffff", "parentCID = FFFFFFFF"));
        accepted(GOOD.replace("RW ", "NOACCESS "));
        accepted(GOOD + "encoding=\"windows-1252\"\nisNativeSnapshot=\"no\"\n\n\t\nddb.comment = \"a = b \u00e4\"\n");
        accepted(GOOD + "ddb.uuid.parent=\"00000000-0000-0000-0000-000000000000\"\n");
        accepted(GOOD.replace("RW 2048", "RW 2000"));
        // QEMU wrote a shorter CID over a longer one.
        accepted(GOOD.replace("7f3a09bc", "1") + "\0de\"\n\0");
        accepted(GOOD.replace("disk.vmdk", "\u00c4rger: 12:30.vmdk"));
    }

    /** CVE-2022-47951: a descriptor whose extents name arbitrary files made a converter read them. */
    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../etc/passwd", "\\\\host\\share\\disk.vmdk", "dir/disk.vmdk", "..", "",
        "json:{}", "JSON:{'driver':'file'}"})
    void cve202247951ExtentThatNamesAnotherPlaceIsRefused(String name) throws Exception {
        refused(VmdkCheck.EXTENTS, GOOD.replace("\"disk.vmdk\"", "\"" + name + "\""));
        VmdkRefusal.assertRefused(folder, flat("RW 2048 FLAT \"" + name + "\" 128"), VmdkCheck.EXTENTS);
    }

    /** CVE-2022-47951: the same as a text file, and hidden behind a sparse header of capacity 0. */
    @Test
    void cve202247951DescriptorOfAnotherFileIsRefused() throws Exception {
        byte[] text = flat("RW 2048 FLAT \"secret-flat.vmdk\" 0");
        String message = String.valueOf(VmdkRefusal
                .assertRefused(folder, text, Access.Mode.FORWARD, VmdkCheck.EXTENTS).getMessage());
        assertTrue(message.contains("another file"), message);
        VmdkRefusal.assertRefused(folder, Arrays.copyOf(text, 300), VmdkCheck.EXTENTS);
        byte[] hidden = VmdkRefusal.changed(
                VmdkRefusal.withDescriptor(image, GOOD.replace("monolithicSparse", "monolithicFlat")
                        .replace("SPARSE \"disk.vmdk\"", "FLAT \"/etc/passwd\" 0")),
                b -> b.putLong(12, 0));
        VmdkRefusal.assertRefused(folder, hidden, VmdkCheck.VIRTUAL_SIZE);
    }

    @Test
    void secondExtentIsRefused() throws Exception {
        refused(VmdkCheck.EXTENTS, GOOD + "RW 2048 SPARSE \"other.vmdk\"\n");
        VmdkRefusal.assertRefused(folder, flat("RW 2048 FLAT \"a.vmdk\" 128\nRW 1 FLAT \"b.vmdk\" 128"),
                VmdkCheck.EXTENTS);
    }

    @Test
    void descriptorWithoutExtentIsRefused() throws Exception {
        refused(VmdkCheck.EXTENTS, GOOD.replace("RW 2048", "# RW 2048"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"twoGbMaxExtentSparse", "twoGbMaxExtentFlat", "vmfs", "vmfsSparse", "vmfsThin", "seSparse",
        "custom", "fullDevice", "partitionedDevice", "monolithicFlat", ""})
    void otherCreateTypesAreRefusedByName(String type) throws Exception {
        String message = refused(VmdkCheck.CREATE_TYPE, GOOD.replace("monolithicSparse", type));
        assertTrue(message.contains("value " + type), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAT", "VMFS", "VMFSSPARSE", "SESPARSE", "ZERO"})
    void otherExtentTypesAreRefused(String type) throws Exception {
        refused(VmdkCheck.EXTENTS, GOOD.replace("SPARSE", type));
    }

    @Test
    void extentOfAnotherSizeIsRefused() throws Exception {
        refused(VmdkCheck.EXTENTS, GOOD.replace("2048", "2049"));
        refused(VmdkCheck.EXTENTS, GOOD.replace("2048", "1920"));
        refused(VmdkCheck.EXTENTS, GOOD.replace("2048", "0"));
        refused(VmdkCheck.EXTENTS, GOOD.replace("2048", "9999999999999999999"));
    }

    @Test
    void parentIsRefused() throws Exception {
        refused(VmdkCheck.PARENT, GOOD.replace("ffffffff", "12345678"));
        refused(VmdkCheck.PARENT, GOOD.replace("parentCID=ffffffff\n", ""));
        refused(VmdkCheck.PARENT, GOOD + "parentFileNameHint=\"base.vmdk\"\n");
        refused(VmdkCheck.PARENT, GOOD + "ddb.uuid.parent=\"10000000-0000-0000-0000-000000000000\"\n");
    }

    @ParameterizedTest
    @CsvSource({"rubbish", "=x", "unknownKey=1", "createType=monolithicSparse", "CID=1", "version=2",
        "RW x SPARSE \"a\"", "'RW 1 SPARSE \"a\" \"b\"'"})
    void linesThatAreNotUnderstoodAreRefused(String line) throws Exception {
        refused(VmdkCheck.DESCRIPTOR_LINES, GOOD + line + "\n");
    }

    @Test
    void missingOrOddSettingsAreRefused() throws Exception {
        refused(VmdkCheck.DESCRIPTOR_LINES, GOOD.replace("version=1", "version=9"));
        refused(VmdkCheck.DESCRIPTOR_LINES, GOOD.replace("CID=7f3a09bc\n", ""));
        refused(VmdkCheck.DESCRIPTOR_LINES, GOOD.replace("CID=7f3a09bc", "CID=xyz"));
        refused(VmdkCheck.DESCRIPTOR_LINES, GOOD + "\0RW 1 SPARSE \"hidden\"");
        refused(VmdkCheck.EXTENTS, GOOD + "changeTrackPath=\"disk-ctk.vmdk\"\n");
    }

    @Test
    void flatExtentInsideItsDescriptorOrBehindTheFileIsRefused() throws Exception {
        VmdkRefusal.assertRefused(folder, flat("RW 2048 FLAT \"a.vmdk\" 0"), VmdkCheck.EXTENTS);
        VmdkRefusal.assertRefused(folder, flat("RW 2048 FLAT \"a.vmdk\""), VmdkCheck.EXTENTS);
        VmdkRefusal.assertRefused(folder, flat("RW 2049 FLAT \"a.vmdk\" 128"), VmdkCheck.FILE_LENGTH);
        VmdkRefusal.assertRefused(folder, flat("RW 18014398509481983 FLAT \"a.vmdk\" 18014398509481983"),
                VmdkCheck.EXTENTS);
        byte[] endless = flat("RW 2048 FLAT \"a.vmdk\" 128\n#" + "x".repeat(2 << 20));
        VmdkRefusal.assertRefused(folder, endless, VmdkCheck.DESCRIPTOR_SIZE);
    }

    /** A text descriptor, then data up to offset 64 KiB + 1 MiB. */
    private static byte[] flat(String extents) {
        byte[] text = """
                # Disk DescriptorFile
                version=1
                CID=7f3a09bc
                parentCID=ffffffff
                createType="monolithicFlat"
                %s
                """.formatted(extents).getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, Math.max(text.length, 128 * 512 + (1 << 20)));
    }

    private void accepted(String descriptor) throws Exception {
        Path file = Files.write(folder.resolve("good.vmdk"), VmdkRefusal.withDescriptor(image, descriptor));
        for (Access.Mode mode : Access.Mode.values()) {
            assertDoesNotThrow(() -> LayoutHarness.run(file, mode, VmdkLayout::new));
        }
    }

    private String refused(VmdkCheck check, String descriptor) throws Exception {
        byte[] bad = VmdkRefusal.withDescriptor(image, descriptor);
        VmdkRefusal.assertRefused(folder, bad, check);
        return String.valueOf(VmdkRefusal.assertRefused(folder, bad, Access.Mode.FORWARD, check).getMessage());
    }
}
