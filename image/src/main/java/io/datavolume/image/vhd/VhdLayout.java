package io.datavolume.image.vhd;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.Mapping;
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
 * Virtual PC disk images (VHD), dynamic and fixed. Differencing images are refused. A fixed image is the disk with a
 * footer behind it: it can be read in random mode only; a forward driver reads it as raw and leaves the footer to
 * {@link io.datavolume.image.decode.OpenEnd}.
 *
 * <p>Reference: <a href="https://www.microsoft.com/en-us/download/details.aspx?id=23850">Virtual Hard Disk Image
 * Format Specification</a> 1.0. The virtual size is the one that QEMU reads, see {@link VhdFooter}.
 */
public final class VhdLayout implements DiskLayout {

    /** Largest disk whose table entries can name every sector, in bytes (2040 GiB, as in QEMU and Hyper-V). */
    static final long MAX_SIZE = 0xff00_0000L * VirtualSize.SECTOR;

    private static final ByteRange HEAD = new ByteRange(0, VhdFooter.LENGTH);

    private final Access access;
    private final SafetyReport report = new SafetyReport("vhd image", List.of(VhdCheck.values()));
    private boolean headFed;
    private @Nullable VhdFooter footer;
    private @Nullable ByteRange headerPlace;
    private @Nullable DynamicHeader header;
    private @Nullable AllocationTable table;
    private @Nullable TrailingFooter tail;

    public VhdLayout(Access access) {
        this.access = access;
        if (!access.forward() && access.fileLength().orElse(0) >= 2L * VhdFooter.LENGTH) {
            tail = new TrailingFooter(access.fileLength().orElseThrow() - VhdFooter.LENGTH, report);
        }
    }

    @Override
    public Format format() {
        return Format.VHD;
    }

    @Override
    public List<ByteRange> wanted() {
        if (!headFed) {
            return tail == null || tail.isFed() ? List.of(HEAD) : List.of(HEAD, tail.place());
        }
        if (tail != null && !tail.isFed()) {
            return List.of(tail.place());
        }
        if (headerPlace != null && header == null) {
            return List.of(headerPlace);
        }
        return table == null || table.isComplete() ? List.of() : List.of(table.next());
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (!wanted().contains(range)) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        if (!headFed && range.equals(HEAD)) {
            headFed = true;
            footer = VhdFooter.read(bytes).orElse(null);
            open(sink);
        } else if (tail != null && !tail.isFed()) {
            tail.feed(bytes);
            if (header == null) {
                open(sink);
            } else if (footer != null) {
                tail.compare(footer);
            }
        } else if (header == null && headerPlace != null && footer != null) {
            header = DynamicHeader.read(headerPlace, bytes, footer, report);
            table = new AllocationTable(header, report, access.fileLength().orElse(Long.MAX_VALUE));
        } else if (table != null) {
            table.feed(range, bytes, sink);
            if (table.isComplete() && tail == null) {
                long last = access.fileLength().orElse(0) - VhdFooter.LENGTH;
                tail = new TrailingFooter(Math.max(table.contentEnd(), last), report);
            }
        }
    }

    /** Decides, when both ends that can be read have been, what the file is. */
    private void open(MappingSink sink) throws IOException {
        if (!headFed || tail != null && !tail.isFed()) {
            return;
        }
        if (footer != null) {
            openDynamic(footer);
            return;
        }
        report.demand(VhdCheck.FOOTER, !access.forward(), 0, "none",
                "there is no footer at the beginning; a fixed image cannot be read in one pass, declare it as raw");
        VhdFooter last = tail == null ? null : tail.footer();
        if (last == null) {
            report.demand(VhdCheck.FOOTER, false, -1, "none", "this is not a VHD image");
            return;
        }
        openFixed(last, access.fileLength().orElseThrow() - VhdFooter.LENGTH, sink);
    }

    private void openDynamic(VhdFooter read) throws IOException {
        check(read, VhdFooter.DYNAMIC, 0);
        VirtualSize.requireFits(read.diskSize(), access.capacity());
        if (tail != null) {
            tail.compare(read);
        }
        headerPlace = DynamicHeader.place(read, report);
    }

    private void openFixed(VhdFooter read, long at, MappingSink sink) throws IOException {
        check(read, VhdFooter.FIXED, at);
        report.demand(VhdCheck.VIRTUAL_SIZE, read.diskSize() <= at, at + VhdFooter.AT_CURRENT_SIZE, read.diskSize(),
                "only " + at + " bytes stand before the footer; the image is truncated");
        VirtualSize.requireFits(read.diskSize(), access.capacity());
        footer = read;
        sink.map(Mapping.plain(0, 0, read.diskSize()));
    }

    private void check(VhdFooter read, int type, long at) throws ImageRefusedException {
        report.check(VhdCheck.FOOTER, true, at, "", "");
        report.check(VhdCheck.FOOTER_CHECKSUM, read.isIntact(), at + VhdFooter.AT_CHECKSUM, "",
                "the footer is damaged");
        report.check(VhdCheck.VERSION, read.version() == VhdFooter.VERSION, at + VhdFooter.AT_VERSION,
                "0x" + Integer.toHexString(read.version()), "only version 1.0 is supported");
        report.check(VhdCheck.IMAGE_TYPE, read.type() == type, at + VhdFooter.AT_TYPE,
                Integer.toUnsignedString(read.type()), switch (read.type()) {
                    case VhdFooter.DIFFERENCING ->
                        "differencing images are not supported; merge it with its parent first";
                    case VhdFooter.FIXED -> "the footer of a fixed image stands at the beginning";
                    case VhdFooter.DYNAMIC -> "a dynamic image must begin with a copy of its footer";
                    default -> "the image type is not known";
                });
        report.enforce();
        long where = at + (read.sizeIsGeometry() ? VhdFooter.AT_GEOMETRY : VhdFooter.AT_CURRENT_SIZE);
        VirtualSize.requireAddressable(report, VhdCheck.VIRTUAL_SIZE, where, read.diskSize());
        report.demand(VhdCheck.VIRTUAL_SIZE, read.diskSize() <= MAX_SIZE, where, read.diskSize(),
                "a VHD holds at most " + MAX_SIZE + " bytes");
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        if (table != null) {
            table.end(fileLength);
            if (tail != null) {
                tail.end(fileLength);
            }
        }
    }

    @Override
    public OptionalLong virtualSize() {
        VhdFooter read = footer;
        return read == null || headerPlace == null && read.type() != VhdFooter.FIXED
                ? OptionalLong.empty()
                : OptionalLong.of(read.diskSize());
    }

    @Override
    public SafetyReport checks() {
        return report;
    }

    /** Once the table is known nothing but the footer, which stands ahead or in the spill, is wanted again. */
    @Override
    public boolean mayNeedLater(ByteRange range) {
        if (table == null || !table.isComplete()) {
            return !wanted().isEmpty();
        }
        return tail != null && !tail.isFed() && tail.place().start() < range.end()
                && range.start() < tail.place().end();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (footer != null) {
            facts.put("version", "1.0");
            facts.put("image type", footer.type() == VhdFooter.FIXED ? "fixed" : "dynamic");
            facts.put("creator", footer.creator().strip());
            facts.put("size decided by", footer.sizeIsGeometry() ? "geometry" : "current size");
        }
        if (header != null && table != null) {
            facts.put("block size", header.blockSize());
            facts.put("stored blocks", table.storedBlocks());
        }
        return facts;
    }
}
