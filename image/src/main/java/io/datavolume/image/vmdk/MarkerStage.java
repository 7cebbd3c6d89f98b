package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Follows the markers of a stream-optimized image that is seen once: 12 bytes in front of each grain, a sector in
 * front of a table, the directory, the footer and the end. Each marker tells where the next one is, so no byte is
 * wanted twice, and a grain is mapped (from behind its marker) before its data passes.
 */
final class MarkerStage implements Stage {

    /** Entries of a grain table have 32 bits. */
    private static final long MAX_SECTOR = 0xffff_ffffL;

    /** Padding that a grain directory may have, in sectors. */
    private static final long DIRECTORY_PADDING = 128;

    private enum Expect {
        MARKER, KIND, TABLE, DIRECTORY, FOOTER, NOTHING
    }

    private final Findings findings;
    private final SparseHeader header;
    private final StreamTables tables;
    private Expect expect = Expect.MARKER;
    private long position;
    private long value;
    private long directoryAt = -1;
    private long directoryFed;
    private boolean footerSeen;

    MarkerStage(Findings findings, SparseHeader header) throws IOException {
        this.findings = findings;
        this.header = header;
        this.tables = new StreamTables(header, findings);
        this.position = Sectors.bytes(header.overhead());
    }

    @Override
    public List<ByteRange> wanted() {
        long content = position + Sectors.SIZE;
        return switch (expect) {
            case MARKER -> List.of(new ByteRange(position, Marker.LENGTH));
            case KIND -> List.of(new ByteRange(position + Marker.LENGTH, Sectors.SIZE - Marker.LENGTH));
            case TABLE -> List.of(new ByteRange(content, header.tableBytes()));
            case DIRECTORY -> List.of(new ByteRange(content + directoryFed,
                    Math.min(DiskLayout.MAX_WANTED, directoryLength() - directoryFed)));
            case FOOTER -> List.of(new ByteRange(content, SparseHeader.LENGTH));
            case NOTHING -> List.of();
        };
    }

    /** All data is mapped ahead, so nothing that passes unmapped is needed. */
    @Override
    public boolean mayNeedLater(ByteRange range) {
        return false;
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        findings.demandComplete(bytes, range.length(), range.start());
        ByteBuffer b = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        switch (expect) {
            case MARKER -> marker(b.getLong(0), Integer.toUnsignedLong(b.getInt(Long.BYTES)), sink);
            case KIND -> metadata(b.getInt(0), sink);
            case TABLE -> {
                tables.addTable(Sectors.of(range.start()), b);
                skip(value);
            }
            case DIRECTORY -> directory(range.start(), b);
            case FOOTER -> footer(range.start(), b);
            case NOTHING -> throw new IllegalStateException("nothing is wanted: " + range);
        }
        return this;
    }

    private void marker(long first, long size, MappingSink sink) throws IOException {
        value = first;
        if (size == 0) {
            expect = Expect.KIND;
            return;
        }
        demand(directoryAt < 0, size, "a grain follows the grain directory");
        demand(first % header.grainSize() == 0 && Long.compareUnsigned(first, header.capacity()) < 0,
                Long.toUnsignedString(first), "the marker does not name a grain of the disk");
        demand(size <= GrainTable.storedLimit(header) - Marker.LENGTH, size, "the grain is stored too long");
        long sector = Sectors.of(position);
        demand(sector <= MAX_SECTOR, sector, "the grain stands where no grain table can name it");
        demand(tables.add(first / header.grainSize(), sector), first, "the grain was already there");
        long start = first * Sectors.SIZE;
        long length = Math.min(header.grainBytes(), header.virtualSize() - start);
        long data = position + Marker.LENGTH;
        findings.needFile(data + size, VmdkCheck.GRAIN, position);
        sink.map(Mapping.compressed(start, length, data, size, Encoding.ZLIB, header.grainBytes()));
        position = Sectors.bytes(Sectors.of(data + size));
    }

    private void metadata(int type, MappingSink sink) throws IOException {
        demand(!footerSeen || type == Marker.END_OF_STREAM, type, "something else than the end follows the footer");
        switch (type) {
            case Marker.GRAIN_TABLE -> {
                demand(directoryAt < 0, type, "a grain table follows the grain directory");
                demandValue(Sectors.of(header.tableBytes()), 0);
                expect = Expect.TABLE;
            }
            case Marker.GRAIN_DIRECTORY -> {
                demand(directoryAt < 0, type, "there are two grain directories");
                demandValue(Sectors.of(directoryLength()), DIRECTORY_PADDING);
                directoryAt = position + Sectors.SIZE;
                expect = Expect.DIRECTORY;
            }
            case Marker.FOOTER -> {
                demand(directoryAt >= 0, type, "the footer comes before the grain directory");
                demandValue(1, 0);
                expect = Expect.FOOTER;
            }
            case Marker.PROGRESS -> {
                demandValue(0, 0);
                skip(0);
            }
            case Marker.END_OF_STREAM -> {
                demandValue(0, 0);
                demand(footerSeen, type, "the stream ends without a footer");
                tables.mapUnallocated(sink);
                skip(0);
                expect = Expect.NOTHING;
            }
            default -> demand(false, Integer.toUnsignedString(type), "the type of the marker is not known");
        }
    }

    private void directory(long at, ByteBuffer entries) throws IOException {
        int index = (int) (directoryFed / Integer.BYTES);
        for (int i = 0; i < entries.limit(); i += Integer.BYTES) {
            tables.demandTable(index++, Integer.toUnsignedLong(entries.getInt(i)), at + i);
        }
        directoryFed += entries.limit();
        if (directoryFed == directoryLength()) {
            skip(value);
        }
    }

    private void footer(long at, ByteBuffer sector) throws IOException {
        SparseHeader footer = FooterStage.read(sector, at, header, findings);
        findings.demand(VmdkCheck.FOOTER, Sectors.bytes(footer.directoryOffset()) == directoryAt,
                at + SparseHeader.AT_DIRECTORY, footer.directoryOffset(),
                "the footer does not name the grain directory that passed at offset " + directoryAt);
        footerSeen = true;
        skip(1);
    }

    @Override
    public void end(long fileLength) throws IOException {
        findings.demand(VmdkCheck.FOOTER, fileLength == position, position, fileLength,
                "bytes follow the end-of-stream marker, so that another reader could find another footer");
    }

    /** Goes to the marker behind the metadata of the present one. */
    private void skip(long sectors) {
        position += Sectors.SIZE + Sectors.bytes(sectors);
        expect = Expect.MARKER;
    }

    private long directoryLength() {
        return header.directoryEntries() * Integer.BYTES;
    }

    private void demandValue(long sectors, long padding) throws IOException {
        demand(value >= sectors && value <= sectors + padding, Long.toUnsignedString(value),
                "the marker must announce " + sectors + " sectors of metadata");
    }

    private void demand(boolean holds, Object seen, String message) throws IOException {
        findings.demand(VmdkCheck.MARKER, holds, position, seen, message);
    }
}
