package io.datavolume.image.vdi;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * VirtualBox disk images (VDI), dynamic and fixed, version 1.1. The block map stands before the data, so both modes
 * need one pass. Undo and differencing images are refused.
 *
 * <p>Reference: {@code VDICore.h} of
 * <a href="https://www.virtualbox.org/svn/vbox/trunk/src/VBox/Storage/VDICore.h">VirtualBox</a>.
 */
public final class VdiLayout implements DiskLayout {

    private static final ByteRange HEADER = new ByteRange(0, VdiHeader.LENGTH);

    private final Access access;
    private final SafetyReport report = new SafetyReport("vdi image", List.of(VdiCheck.values()));
    private @Nullable VdiHeader header;
    private @Nullable BlockMap map;

    public VdiLayout(Access access) {
        this.access = access;
    }

    @Override
    public Format format() {
        return Format.VDI;
    }

    @Override
    public List<ByteRange> wanted() {
        BlockMap known = map;
        if (known == null) {
            return List.of(HEADER);
        }
        return known.isComplete() ? List.of() : List.of(known.next());
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (!wanted().contains(range)) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        if (map != null) {
            map.feed(range, bytes, sink);
            return;
        }
        VdiHeader read = VdiHeader.read(bytes, report);
        VirtualSize.requireFits(read.diskSize(), access.capacity());
        header = read;
        map = new BlockMap(read, report, access.fileLength().orElse(Long.MAX_VALUE));
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        if (map != null) {
            map.end(fileLength);
        }
    }

    @Override
    public OptionalLong virtualSize() {
        return header == null ? OptionalLong.empty() : OptionalLong.of(header.diskSize());
    }

    @Override
    public SafetyReport checks() {
        return report;
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (header != null) {
            facts.put("version", "1.1");
            facts.put("image type", header.fixed() ? "fixed" : "dynamic");
            facts.put("block size", header.blockSize());
            facts.put("stored blocks", header.stored());
        }
        return facts;
    }
}
