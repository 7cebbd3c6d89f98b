package io.datavolume.image.compress;

import static io.datavolume.image.compress.Packed.joined;
import static io.datavolume.image.compress.Packed.pack;
import static io.datavolume.image.compress.Packed.refused;
import static io.datavolume.image.compress.Packed.unpack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.ImageRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused around an image, packed by the programs that people use. */
class CompressionRefusalTest {

    private static final byte[] GARBAGE = "this is not part of it".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gzip -c", "xz -c", "xz -c --block-size=64KiB", "xz -c -T2 --check=sha256", "zstd -c -q",
        "zstd -c -q --long=27", "bzip2 -c", "gzip -c | xz -c", "zstd -c -q | gzip -c"})
    void packedContentIsReadWhole(String command) throws Exception {
        byte[] content = Packed.content(300_000);
        assertArrayEquals(content, unpack(pack(folder, content, command)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip -c", "xz -c", "xz -c --block-size=64KiB", "zstd -c -q", "bzip2 -c"})
    void streamsOneAfterTheOtherAreRead(String command) throws Exception {
        byte[] content = Packed.content(100_000);
        byte[] packed = pack(folder, content, command);
        assertArrayEquals(joined(content, content), unpack(joined(packed, packed)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip -c", "xz -c", "xz -c --block-size=64KiB", "zstd -c -q", "bzip2 -c"})
    void truncatedStreamIsRefused(String command) throws Exception {
        byte[] packed = pack(folder, Packed.content(300_000), command);
        for (int length : new int[]{12, packed.length / 2, packed.length - 9, packed.length - 1}) {
            assertEquals(List.of("truncated"), refused(Arrays.copyOf(packed, length)), length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip -c", "xz -c", "xz -c --block-size=64KiB", "zstd -c -q", "bzip2 -c"})
    void trailingGarbageIsRefused(String command) throws Exception {
        byte[] packed = pack(folder, Packed.content(300_000), command);
        assertEquals(List.of("trailing-garbage"), refused(joined(packed, GARBAGE)));
    }

    @ParameterizedTest
    @CsvSource({"gzip -c, 1000", "xz -c, 1000", "xz -c --block-size=64KiB, 4"})
    void zerosThatPadAStreamAreRead(String command, int zeros) throws Exception {
        byte[] content = Packed.content(100_000);
        byte[] packed = pack(folder, content, command);
        assertArrayEquals(content, unpack(joined(packed, new byte[zeros])));
        assertEquals(List.of("trailing-garbage"), refused(joined(packed, new byte[zeros], GARBAGE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip -c", "xz -c", "xz -c --block-size=64KiB", "zstd -c -q --check", "bzip2 -c"})
    void changedByteIsRefused(String command) throws Exception {
        byte[] packed = pack(folder, Packed.content(300_000), command);
        packed[packed.length / 2] ^= 0x10;
        assertEquals(List.of("damaged"), refused(packed));
    }

    @Test
    void xzDictionaryOf64MebibytesIsReadAndALargerOneIsRefused() throws Exception {
        byte[] content = Packed.content(100_000);
        assertArrayEquals(content, unpack(pack(folder, content, "xz -c --lzma2=preset=0,dict=64MiB")));
        for (String size : List.of("96MiB", "1536MiB")) {
            // The size stands in the block's header alone, so the program needs no such memory to write it.
            byte[] packed = pack(folder, content, "xz -c --lzma2=preset=0,dict=64MiB");
            setDictionary(packed, size.equals("96MiB") ? 29 : 37);
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> unpack(packed));
            assertEquals("memory-limit", refusal.violations().getFirst().check());
            assertEquals(12, refusal.violations().getFirst().offset());
        }
    }

    /** Byte 17 of a stream of one block without sizes: header of 12, size, flags, filter, length of properties. */
    private static void setDictionary(byte[] xz, int bits) {
        assertEquals("0200210116", HexFormat.of().formatHex(xz, 12, 17).substring(0, 8) + "16");
        xz[16] = (byte) bits;
        int crc = XzFields.crc(xz, 12, 8);
        for (int i = 0; i < 4; i++) {
            xz[20 + i] = (byte) (crc >>> (8 * i));
        }
    }

    /** The frame's header says how much a decoder must keep; RFC 8878, 3.1.1.1.2. */
    @ParameterizedTest
    @CsvSource({"88,''", "89,memory-limit", "90,memory-limit", "f8,memory-limit", "ff,memory-limit"})
    void zstdWindowAbove128MebibytesIsRefused(String window, String check) throws Exception {
        byte[] frame = HexFormat.of().parseHex("28b52ffd00" + window + "0900006d");
        assertEquals(check.isEmpty() ? List.of() : List.of(check), refused(frame));
    }

    @Test
    void zstdContentInOneSegmentAbove128MebibytesIsRefused() throws Exception {
        // Single segment, content of 2^40 bytes: a decoder would allocate that much.
        byte[] frame = HexFormat.of().parseHex("28b52ffde0" + "0000000000010000" + "0900006d");
        assertEquals(List.of("memory-limit"), refused(frame));
    }

    @Test
    void zstdFrameWithADictionaryIsRefused() throws Exception {
        assertEquals(List.of("dictionary"), refused(HexFormat.of().parseHex("28b52ffd0158" + "07" + "0900006d")));
    }

    @Test
    void threeCompressionsAreRefused() throws Exception {
        byte[] content = Packed.content(10_000);
        assertArrayEquals(content, unpack(pack(folder, content, "gzip -c | gzip -c")));
        assertEquals(List.of("nesting"), refused(pack(folder, content, "gzip -c | gzip -c | gzip -c")));
        assertEquals(List.of("nesting"), refused(pack(folder, content, "xz -c | zstd -c -q | bzip2 -c")));
    }

    /** Only a few MiB are decoded before they are asked for. */
    @Test
    void bombIsNotUnpackedBeforeItsBytesAreWanted() throws Exception {
        byte[] bomb = pack(folder, new byte[0], "head -c 1G /dev/zero | gzip -c | gzip -c");
        assertTrue(bomb.length < 10_000, bomb.length + " bytes");
        try (Peeled peeled = Peeler.peel(new java.io.ByteArrayInputStream(bomb), Packed.LIMITS)) {
            assertEquals(1000, peeled.stream().readNBytes(1000).length);
        }
    }

    @ParameterizedTest
    @CsvSource({"04224d18, lz4", "1f9d90, compress", "504b0304, zip", "377abcaf271c, 7z", "526172211a07, rar",
        "4c5a495001, lzip"})
    void otherCompressionsAreRefusedByName(String magic, String name) throws Exception {
        byte[] file = Arrays.copyOf(HexFormat.of().parseHex(magic), 4096);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> unpack(file));
        assertEquals("supported-compression", refusal.violations().getFirst().check());
        assertTrue(String.valueOf(refusal.getMessage()).contains(name), refusal.getMessage());
    }

    @Test
    void gzipThatIsAlsoAnIsoIsRefused() throws Exception {
        byte[] gzip = pack(folder, Packed.content(100), "gzip -c -n");
        // Flag 4: an extra field, which may hold anything.
        byte[] extra = new byte[0xffff];
        System.arraycopy("CD001".getBytes(StandardCharsets.US_ASCII), 0, extra, 0x8001 - 12, 5);
        byte[] head = Arrays.copyOf(gzip, 12);
        head[3] = 4;
        head[10] = (byte) 0xff;
        head[11] = (byte) 0xff;
        assertEquals(List.of("polyglot"),
                refused(joined(head, extra, Arrays.copyOfRange(gzip, 10, gzip.length))));
    }
}
