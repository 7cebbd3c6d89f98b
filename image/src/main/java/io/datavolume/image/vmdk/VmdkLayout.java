package io.datavolume.image.vmdk;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * VMware virtual disks (VMDK) that are one file: {@code monolithicSparse}, {@code streamOptimized}, and
 * {@code monolithicFlat} with descriptor and data in the same file (see {@link FlatStage} for what that takes).
 * Disks in several files, ESX's own sparse extents, and disks with a parent are refused; no file that an image
 * names is ever opened.
 *
 * <p>Where the header tells the place of the grain directory, directory and tables are read; they precede the
 * grains in what QEMU, VMware and VirtualBox write. Where only a footer tells it, random access begins with the
 * footer, and a forward pass follows the markers in front of the grains and compares what it saw with tables,
 * directory and footer as they pass. A stream whose header names tables behind the grains is read too, but the
 * grains must then be kept until the tables pass.
 *
 * <p>Specification: <a href="https://www.vmware.com/app/vmdk/?src=vmdk">Virtual Disk Format 1.1</a>.
 */
public final class VmdkLayout implements DiskLayout {

    private final Findings findings;
    private Stage stage;

    public VmdkLayout(Access access) {
        this.findings = new Findings(access);
        this.stage = new HeaderStage(findings);
    }

    @Override
    public Format format() {
        return Format.VMDK;
    }

    @Override
    public List<ByteRange> wanted() {
        return stage.wanted();
    }

    @Override
    public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        if (!stage.wanted().contains(range)) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        stage = stage.feed(range, bytes, sink);
    }

    @Override
    public void end(long fileLength, MappingSink sink) throws IOException {
        findings.end(fileLength, stage.wanted().isEmpty());
        stage.end(fileLength);
    }

    @Override
    public OptionalLong virtualSize() {
        return findings.virtualSize();
    }

    @Override
    public SafetyReport checks() {
        return findings.report();
    }

    @Override
    public boolean mayNeedLater(ByteRange range) {
        return stage.mayNeedLater(range);
    }

    @Override
    public Map<String, Object> facts() {
        return findings.facts();
    }
}
