package io.datavolume.image.compress;

import io.datavolume.image.Violation;
import io.datavolume.image.detect.DetectCheck;
import io.datavolume.image.detect.FormatDetector;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Says from the first bytes of a file whether and how it is compressed; names of files are not looked at. */
public final class CompressionDetector {

    /** Bytes that {@link #detect} wants to see; fewer are enough only if the file is shorter. */
    public static final int HEAD_BYTES = FormatDetector.HEAD_BYTES;

    private static final String GZIP = "1f8b08";
    private static final String XZ = "fd377a585a00";
    private static final List<String> BZIP2_SECOND = List.of("314159265359", "177245385090");

    private record Unsupported(String name, String magic) {}

    private static final List<Unsupported> UNSUPPORTED = List.of(
            new Unsupported("lz4", "04224d18"), new Unsupported("compress (.Z)", "1f9d"),
            new Unsupported("zip", "504b0304"), new Unsupported("7z", "377abcaf271c"),
            new Unsupported("rar", "526172211a07"), new Unsupported("lzip", "4c5a495001"));

    private CompressionDetector() {}

    /**
     * Detects the outermost compression.
     *
     * @param head the first {@link #HEAD_BYTES} bytes, or the whole file; its position is left as it was
     * @return empty if it is none of those known
     * @throws ImageRefusedException if it is one that is not supported, or an image as well
     */
    public static Optional<Compression> detect(ByteBuffer head) throws ImageRefusedException {
        ByteBuffer bytes = head.slice();
        Optional<Compression> kind = kind(bytes);
        if (kind.isPresent()) {
            requireNoImage(kind.get(), bytes);
        }
        return kind;
    }

    /** An archive can be written so that its first bytes are an image's header, too. */
    private static void requireNoImage(Compression kind, ByteBuffer bytes) throws ImageRefusedException {
        Optional<String> image = FormatDetector.imageAt(bytes);
        if (image.isPresent()) {
            throw new ImageRefusedException("file", new Violation(DetectCheck.POLYGLOT.id(), 0,
                    kind.id() + ", " + image.get(), "the file is compressed and an image at once, so programs disagree"
                            + " about what is in it: pack the image anew from a trusted copy"));
        }
    }

    private static Optional<Compression> kind(ByteBuffer bytes) throws ImageRefusedException {
        if (starts(bytes, 0, GZIP)) {
            return Optional.of(Compression.GZIP);
        }
        if (starts(bytes, 0, XZ)) {
            return Optional.of(Compression.XZ);
        }
        if (isZstd(bytes)) {
            return Optional.of(Compression.ZSTD);
        }
        if (isBzip2(bytes)) {
            return Optional.of(Compression.BZIP2);
        }
        if (isTar(bytes)) {
            return Optional.of(Compression.TAR);
        }
        for (Unsupported kind : UNSUPPORTED) {
            if (starts(bytes, 0, kind.magic())) {
                throw new ImageRefusedException("file", new Violation("supported-compression", 0, kind.magic(),
                        kind.name() + " is recognised and not supported; use gzip, xz, zstd, bzip2 or tar"));
            }
        }
        return Optional.empty();
    }

    private static boolean starts(ByteBuffer bytes, int at, String magic) {
        int length = magic.length() / 2;
        if (bytes.limit() < at + length) {
            return false;
        }
        byte[] seen = new byte[length];
        bytes.get(at, seen);
        return HexFormat.of().formatHex(seen).equals(magic);
    }

    private static boolean isZstd(ByteBuffer bytes) {
        if (bytes.limit() < 4) {
            return false;
        }
        int magic = Integer.reverseBytes(bytes.getInt(0));
        return magic == ZstdFrame.MAGIC || (magic & ~0xf) == ZstdFrame.SKIPPABLE;
    }

    private static boolean isBzip2(ByteBuffer bytes) {
        return bytes.limit() >= 10 && starts(bytes, 0, "425a68") && bytes.get(3) >= '1' && bytes.get(3) <= '9'
                && BZIP2_SECOND.stream().anyMatch(magic -> starts(bytes, 4, magic));
    }

    /** The magic alone would be found in disks that hold a tar file at their beginning by chance of layout. */
    private static boolean isTar(ByteBuffer bytes) {
        if (!starts(bytes, 257, "7573746172") || bytes.limit() < 512) {
            return false;
        }
        byte[] field = new byte[8];
        bytes.get(148, field);
        String digits = new String(field, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
        if (!digits.matches("[0-7]{1,7}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : bytes.get(i) & 0xff;
        }
        return sum == Integer.parseInt(digits, 8);
    }
}
