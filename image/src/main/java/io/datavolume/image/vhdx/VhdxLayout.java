package io.datavolume.image.vhdx;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-V disk images (VHDX), dynamic and fixed. Differencing images are refused. The log of a disk that was not
 * closed is replayed in memory: what it changes is laid over the tables as they are fed.
 *
 * <p>Reference: <a href="https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-vhdx">[MS-VHDX]</a>.
 * Programs write the block allocation table before or behind the metadata that is needed to read it; in the first
 * case a forward driver feeds it from the spill.
 */
public final class VhdxLayout implements DiskLayout {

    private final Access access;
    private final SafetyReport report = new SafetyReport("vhdx image", List.of(VhdxCheck.values()));
    private final HeadSection head = new HeadSection(report);
    private final UsedSpace used = new UsedSpace();
    private @Nullable LogRegion log;
    private @Nullable RegionTable regions;
    private LogOverlay overlay = new LogOverlay();
    private @Nullable MetadataRegion metadata;
    private @Nullable DiskParameters disk;
    private @Nullable BlockTable blocks;

    public VhdxLayout(Access access) {
        this.access = access;
    }

    @Override
    public Format format() {
        return Format.VHDX;
    }

    @Override
    public List<ByteRange> wanted() {
        if (!head.wanted().isEmpty()) {
            return head.wanted();
        }
        if (log != null && !log.isComplete()) {
            return List.of(log.next());
        }
        if (metadata != null && !metadata.wanted().isEmpty()) {
            return metadata.wanted();
        }
        return blocks == null || blocks.isComplete() ? List.of() : List.of(blocks.next());
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (!wanted().contains(range)) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        if (!head.wanted().isEmpty()) {
            head.feed(range, bytes);
            if (head.wanted().isEmpty()) {
                openLog(head.header());
            }
        } else if (log != null && !log.isComplete()) {
            log.feed(range, bytes);
            if (log.isComplete()) {
                replay(log);
            }
        } else if (metadata != null && !metadata.wanted().isEmpty()) {
            metadata.feed(range, overlay.apply(range, bytes));
            if (metadata.wanted().isEmpty()) {
                openDisk(metadata.parameters());
            }
        } else if (blocks != null) {
            blocks.feed(range, overlay.apply(range, bytes), sink);
        }
    }

    private void openLog(VhdxHeader header) throws ImageRefusedException {
        long offset = header.logOffset();
        report.demand(VhdxCheck.OVERLAP, header.logLength() == 0 || used.take(offset, header.logLength()),
                VhdxHeader.FIRST.start(), Long.toUnsignedString(offset),
                "the log does not stand behind the header at a whole megabyte");
        if (header.hasLog()) {
            log = new LogRegion(header, report);
        } else {
            report.check(VhdxCheck.LOG_TOUCHES_DATA, true, -1, "", "");
            openRegions();
        }
    }

    private void replay(LogRegion complete) throws ImageRefusedException {
        overlay = complete.replay();
        if (access.fileLength().isPresent()) {
            complete.requireFlushed(access.fileLength().getAsLong());
        }
        overlay.requireMetadataOnly(openRegions(), report);
    }

    private RegionTable openRegions() throws ImageRefusedException {
        RegionTable read = RegionTable.read(overlay.apply(RegionTable.FIRST, head.tables().getFirst()),
                overlay.apply(RegionTable.SECOND, head.tables().getLast()), used, report);
        regions = read;
        metadata = new MetadataRegion(read.metadata(), report);
        return read;
    }

    private void openDisk(DiskParameters read) throws IOException {
        VirtualSize.requireFits(read.diskSize(), access.capacity());
        disk = read;
        if (regions != null) {
            blocks = new BlockTable(regions.blocks(), read, used, report,
                    access.fileLength().orElse(Long.MAX_VALUE));
        }
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        if (log != null) {
            log.requireFlushed(fileLength);
        }
        if (blocks != null) {
            blocks.end(fileLength);
        }
    }

    @Override
    public OptionalLong virtualSize() {
        return disk == null ? OptionalLong.empty() : OptionalLong.of(disk.diskSize());
    }

    @Override
    public SafetyReport checks() {
        return report;
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (disk != null && blocks != null) {
            facts.put("version", 1);
            facts.put("image type", disk.fixed() ? "fixed" : "dynamic");
            facts.put("creator", head.creator());
            facts.put("block size", disk.blockSize());
            facts.put("logical sector size", disk.logicalSector());
            facts.put("stored blocks", blocks.storedBlocks());
            facts.put("replayed log changes", overlay.size());
        }
        return facts;
    }
}
