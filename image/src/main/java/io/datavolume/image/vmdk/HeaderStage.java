package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the first sector, which tells the kinds of VMDK files apart. */
final class HeaderStage implements Stage {

    private static final ByteRange FIRST = new ByteRange(0, Sectors.SIZE);
    private static final int COWD = 0x44574f43;
    private static final long SE_SPARSE = 0xcafebabeL;
    private static final byte[] TEXT = "# Disk DescriptorFile".getBytes(StandardCharsets.US_ASCII);

    private final Findings findings;

    HeaderStage(Findings findings) {
        this.findings = findings;
    }

    @Override
    public List<ByteRange> wanted() {
        return List.of(FIRST);
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        ByteBuffer sector = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (startsWithText(sector)) {
            findings.demand(VmdkCheck.MAGIC, true, 0, "", "");
            return new FlatStage(findings).feed(range, bytes, sink);
        }
        findings.demand(VmdkCheck.MAGIC, sector.limit() == Sectors.SIZE, 0, sector.limit(),
                "the file ends inside the header");
        int magic = sector.getInt(0);
        findings.demand(VmdkCheck.MAGIC, magic != COWD, 0, "COWD",
                "an ESX host's sparse extent (COWD, vmfsSparse) is recognised and not supported; export the disk as"
                        + " streamOptimized");
        findings.demand(VmdkCheck.MAGIC, sector.getLong(0) != SE_SPARSE, 0, "0xcafebabe",
                "a space-efficient sparse extent (seSparse) is recognised and not supported; export the disk as"
                        + " streamOptimized");
        findings.demand(VmdkCheck.MAGIC, magic == SparseHeader.MAGIC, 0, "0x" + Integer.toHexString(magic),
                "this is not a VMDK image");
        SparseHeader header = SparseHeader.read(sector);
        HeaderChecks checks = new HeaderChecks(header, findings.report(), 0);
        checks.demandUsable();
        findings.setVirtualSize(header.virtualSize());
        checks.demandDescriptor();
        if (header.directoryOffset() != SparseHeader.AT_END) {
            checks.demandDirectory(findings.fileLength());
        }
        findings.fact("version", header.version());
        findings.fact("grain size", header.grainBytes());
        findings.fact("compressed", header.compressed());
        if (header.uncleanShutdown()) {
            findings.fact("unclean shutdown", true);
        }
        return new DescriptorStage(findings, header);
    }

    private static boolean startsWithText(ByteBuffer sector) {
        return sector.limit() >= TEXT.length && sector.slice(0, TEXT.length).equals(ByteBuffer.wrap(TEXT));
    }
}
