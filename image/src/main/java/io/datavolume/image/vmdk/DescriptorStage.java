package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads the descriptor that is embedded in a sparse extent, and decides how the grains are found. */
final class DescriptorStage implements Stage {

    private final Findings findings;
    private final SparseHeader header;

    DescriptorStage(Findings findings, SparseHeader header) {
        this.findings = findings;
        this.header = header;
    }

    @Override
    public List<ByteRange> wanted() {
        return List.of(header.descriptor());
    }

    @Override
    public Stage feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
        findings.demandComplete(bytes, range.length(), range.start());
        Descriptor descriptor = DescriptorParser.parse(bytes, findings.report(), range.start());
        new DescriptorChecks(descriptor, findings.report(), range.start()).demandSparse(header);
        describe(descriptor, findings);
        if (header.directoryOffset() != SparseHeader.AT_END) {
            return new DirectoryStage(findings, header);
        }
        return findings.access().forward() ? new MarkerStage(findings, header) : new FooterStage(findings, header);
    }

    static void describe(Descriptor descriptor, Findings findings) {
        findings.quote("create type", descriptor.createType());
        String adapter = descriptor.settings().get("ddb.adaptertype");
        if (adapter != null) {
            findings.quote("adapter type", adapter);
        }
    }
}
