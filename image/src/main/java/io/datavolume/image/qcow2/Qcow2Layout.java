package io.datavolume.image.qcow2;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The <a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2 format</a>, versions 2 and 3: header,
 * then the active L1 table, then its L2 tables in the order in which they stand in the file. Internal snapshots,
 * bitmaps and reference counts are not read. An L2 table is mapped as it is fed and not kept; of the L1 table 8
 * bytes for each L2 table are kept. Not thread-safe.
 */
public final class Qcow2Layout implements DiskLayout {

    /** The smallest cluster, so that nothing but the header can be in it. */
    private static final int HEADER_START = 512;
    /** Extensions and the name of a backing file stand right behind the header; QEMU uses less than 2 KiB. */
    private static final int HEADER_AREA = 64 << 10;

    private final Access access;
    private final SafetyReport report = new SafetyReport("qcow2 image", List.of(Qcow2Check.values()));
    private List<ByteRange> headerWanted = List.of(new ByteRange(0, HEADER_START));
    private ByteBuffer headerArea = ByteBuffer.allocate(0);
    private @Nullable Qcow2Header header;
    private @Nullable Qcow2Tables tables;

    /** @param access how the file will be fed, and the capacity of the target */
    public Qcow2Layout(Access access) {
        this.access = access;
    }

    @Override
    public Format format() {
        return Format.QCOW2;
    }

    @Override
    public List<ByteRange> wanted() {
        return tables == null ? headerWanted : tables.wanted();
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (!wanted().contains(range)) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        if (tables == null) {
            feedHeader(range, bytes, sink);
        } else {
            tables.feed(range, bytes, sink);
        }
    }

    private void feedHeader(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        headerArea = ByteBuffer.allocate(headerArea.limit() + bytes.remaining()).put(headerArea.rewind())
                .put(bytes.duplicate()).flip();
        headerWanted = List.of();
        Qcow2Header begun = HeaderChecks.begin(headerArea, report);
        int areaLength = Math.min(begun.clusterSize(), HEADER_AREA);
        if (range.start() == 0 && areaLength > HEADER_START && headerArea.limit() == HEADER_START) {
            headerWanted = List.of(new ByteRange(HEADER_START, areaLength - HEADER_START));
            return;
        }
        HeaderChecks.finish(begun, headerArea, access.fileLength(), report);
        VirtualSize.requireFits(begun.virtualSize(), access.capacity());
        header = begun;
        headerArea = ByteBuffer.allocate(0);
        tables = new Qcow2Tables(begun, access, report);
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        if (tables == null) {
            report.demand(Qcow2Check.HEADER_LENGTH, false, 0, fileLength,
                    "the file ends inside the qcow2 header; is it truncated?");
        } else {
            tables.end(fileLength, sink);
        }
    }

    @Override
    public OptionalLong virtualSize() {
        return header == null ? OptionalLong.empty() : OptionalLong.of(header.virtualSize());
    }

    @Override
    public SafetyReport checks() {
        return report;
    }

    @Override
    public boolean mayNeedLater(ByteRange range) {
        return tables == null || tables.mayNeedLater(range);
    }

    @Override
    public Map<String, Object> facts() {
        return header == null ? Map.of() : Qcow2Facts.of(header);
    }
}
