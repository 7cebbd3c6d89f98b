package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a file that begins with a text descriptor. Such files normally name a second file with the data, and are
 * then refused; nothing that an extent names is ever opened.
 *
 * <p>The one accepted case is {@code monolithicFlat} inside one file: exactly one FLAT extent whose data begins at
 * or behind the sector in which the descriptor ends (with a NUL) and fits this file. Whether the extent's name is
 * that of this very file cannot be verified, since a stream has no name; the name is therefore only demanded to
 * carry no path, and the data is always taken from this file. With an offset of 0, as every writer of two files
 * puts it, the extent cannot be in this file, and that is what the refusal says.
 */
final class FlatStage implements Stage {

    private final Findings findings;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(Sectors.SIZE);

    FlatStage(Findings findings) {
        this.findings = findings;
    }

    @Override
    public List<ByteRange> wanted() {
        return List.of(new ByteRange(text.size(), Sectors.SIZE));
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        byte[] piece = new byte[bytes.remaining()];
        bytes.slice().get(piece);
        text.writeBytes(piece);
        if (piece.length == Sectors.SIZE && !hasNul(piece)) {
            findings.demand(VmdkCheck.DESCRIPTOR_SIZE, text.size() < DiskLayout.MAX_WANTED, text.size(), text.size(),
                    "the descriptor does not end within 1 MiB");
            return this;
        }
        Descriptor descriptor = DescriptorParser.parse(ByteBuffer.wrap(text.toByteArray()), findings.report(), 0);
        Descriptor.ExtentLine extent = new DescriptorChecks(descriptor, findings.report(), 0).demandFlat(text.size());
        long size = Sectors.bytes(extent.sectors());
        long offset = Sectors.bytes(extent.offset());
        findings.setVirtualSize(size);
        findings.needFile(offset + size, VmdkCheck.FILE_LENGTH, offset);
        DescriptorStage.describe(descriptor, findings);
        sink.map(Mapping.plain(0, offset, size));
        return COMPLETE;
    }

    private static boolean hasNul(byte[] piece) {
        for (byte b : piece) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
