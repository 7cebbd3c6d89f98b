package io.datavolume.image.raw;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.Format;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.partition.PartitionTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The file is the disk: raw disks, and ISO 9660 images
 * (<a href="https://ecma-international.org/publications-and-standards/standards/ecma-119/">ECMA-119</a> 8.1).
 *
 * <p>Needs no metadata to map, but wants the head once: an ISO image is recognised by it, and people like to
 * know the partitions. A file of known length is mapped when the head is fed, one of unknown length as "all that
 * follows". The disk is the file, rounded up to 512 bytes with zeros.
 */
public final class RawLayout implements DiskLayout {

    /** Bytes of the head that are wanted: the first ISO volume descriptor and a GPT lie within. */
    static final int HEAD = 34 << 10;
    private static final int ISO_IDENTIFIER_AT = 0x8001;
    private static final byte[] ISO_IDENTIFIER = "CD001".getBytes(StandardCharsets.US_ASCII);

    private final Access access;
    private final Format format;
    private final SafetyReport checks;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private OptionalLong virtualSize = OptionalLong.empty();
    private boolean headSeen;

    /** @param format {@link Format#RAW} or {@link Format#ISO} */
    public RawLayout(Access access, Format format) {
        if (format != Format.RAW && format != Format.ISO) {
            throw new IllegalArgumentException("not a raw format: " + format);
        }
        this.access = access;
        this.format = format;
        this.checks = new SafetyReport(format.id() + " image", format == Format.ISO
                ? List.of(RawCheck.VIRTUAL_SIZE, RawCheck.ISO_MAGIC)
                : List.of(RawCheck.VIRTUAL_SIZE, RawCheck.PARTITION_TABLE));
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public List<ByteRange> wanted() {
        long head = Math.clamp(access.fileLength().orElse(HEAD), VirtualSize.SECTOR, HEAD);
        return headSeen ? List.of() : List.of(new ByteRange(0, head));
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        headSeen = true;
        if (format == Format.ISO) {
            byte[] identifier = new byte[ISO_IDENTIFIER.length];
            if (bytes.remaining() >= ISO_IDENTIFIER_AT + identifier.length) {
                bytes.get(bytes.position() + ISO_IDENTIFIER_AT, identifier);
            }
            checks.demand(RawCheck.ISO_MAGIC, Arrays.equals(identifier, ISO_IDENTIFIER), ISO_IDENTIFIER_AT,
                    new String(identifier, StandardCharsets.ISO_8859_1), "this is not an ISO 9660 image");
        } else {
            notePartitions(bytes);
        }
        if (access.fileLength().isPresent()) {
            long length = access.fileLength().getAsLong();
            long size = decide(length);
            sink.map(Mapping.plain(0, 0, length));
            fillSector(length, size, sink);
        } else if (bytes.hasRemaining()) {
            sink.map(new Mapping(new Extent(0, Math.max(1, access.capacity()), Extent.Kind.DATA), 0,
                    Mapping.TO_THE_END, Encoding.PLAIN, Math.max(1, access.capacity())));
        }
    }

    private void notePartitions(ByteBuffer head) {
        PartitionTable table = PartitionTable.read(head, access.fileLength());
        if (table.scheme() != PartitionTable.Scheme.NONE) {
            facts.put("partition table", table.scheme().name().toLowerCase(Locale.ROOT));
            facts.put("partitions", table.partitions().size());
        }
        if (table.luks()) {
            facts.put("encryption", "LUKS");
        }
        if (!table.warnings().isEmpty()) {
            checks.warn(RawCheck.PARTITION_TABLE, String.join("; ", table.warnings()));
        }
    }

    /** Checks the length and makes it a size. */
    private long decide(long length) throws IOException {
        checks.demand(RawCheck.VIRTUAL_SIZE, length > 0 && length <= VirtualSize.MAX, -1, length,
                length == 0 ? "the image is empty" : "its last sector cannot be addressed");
        long size = (length + VirtualSize.SECTOR - 1) & -VirtualSize.SECTOR;
        VirtualSize.requireFits(size, access.capacity());
        virtualSize = OptionalLong.of(size);
        return size;
    }

    private static void fillSector(long length, long size, MappingSink sink) throws IOException {
        if (size > length) {
            sink.map(Mapping.empty(length, size - length, Extent.Kind.ZERO));
        }
    }

    /** For a stream of unknown length: its length is the size, and must fit. */
    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        if (virtualSize.isEmpty()) {
            fillSector(fileLength, decide(fileLength), sink);
        }
        if (format == Format.RAW && checks.lines().stream().anyMatch(line -> line.check() == RawCheck.PARTITION_TABLE
                && line.outcome() == SafetyReport.Outcome.PENDING)) {
            checks.check(RawCheck.PARTITION_TABLE, true, -1, "", "");
        }
    }

    @Override
    public OptionalLong virtualSize() {
        return virtualSize;
    }

    @Override
    public SafetyReport checks() {
        return checks;
    }

    @Override
    public Map<String, Object> facts() {
        return Collections.unmodifiableMap(facts);
    }
}
