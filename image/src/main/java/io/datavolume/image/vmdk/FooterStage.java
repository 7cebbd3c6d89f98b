package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads the last three sectors of a stream-optimized image at random access: footer marker, footer, end-of-stream
 * marker. The footer repeats the header and tells where the grain directory is.
 */
final class FooterStage implements Stage {

    private static final int LENGTH = 3 * Sectors.SIZE;

    private final Findings findings;
    private final SparseHeader header;
    private final ByteRange place;

    FooterStage(Findings findings, SparseHeader header) throws IOException {
        this.findings = findings;
        this.header = header;
        long start = findings.fileLength() - LENGTH;
        findings.demand(VmdkCheck.FOOTER, start >= header.descriptor().end() && start % Sectors.SIZE == 0, -1,
                findings.fileLength(), "the file has no room for a footer, or does not end with whole sectors");
        this.place = new ByteRange(start, LENGTH);
    }

    @Override
    public List<ByteRange> wanted() {
        return List.of(place);
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        findings.demandComplete(bytes, LENGTH, range.start());
        ByteBuffer b = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        demandMarker(Marker.read(b, 0), Marker.FOOTER, range.start());
        SparseHeader footer = read(b.slice(Sectors.SIZE, Sectors.SIZE), range.start() + Sectors.SIZE, header, findings);
        new HeaderChecks(footer, findings.report(), range.start() + Sectors.SIZE).demandDirectory(range.start());
        demandMarker(Marker.read(b, 2 * Sectors.SIZE), Marker.END_OF_STREAM, range.start() + 2 * Sectors.SIZE);
        return new DirectoryStage(findings, footer);
    }

    /**
     * Reads a footer and compares it with the header.
     *
     * @param at file offset of the footer
     */
    static SparseHeader read(ByteBuffer sector, long at, SparseHeader header, Findings findings) throws IOException {
        int magic = sector.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        findings.demand(VmdkCheck.FOOTER, magic == SparseHeader.MAGIC, at, "0x" + Integer.toHexString(magic),
                "there is no footer where its marker says");
        SparseHeader footer = SparseHeader.read(sector);
        new HeaderChecks(footer, findings.report(), at).demandFooterOf(header);
        return footer;
    }

    private void demandMarker(Marker marker, int type, long at) throws IOException {
        findings.demand(VmdkCheck.FOOTER, marker.size() == 0 && marker.type() == type, at, marker,
                "the file does not end with a footer and an end-of-stream marker; it may be truncated");
    }
}
