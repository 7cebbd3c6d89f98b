package io.datavolume.image.vmdk;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.util.Locale;
import java.util.Set;

/** The safety checks of what a descriptor says: where else someone could be led by it. */
final class DescriptorChecks {

    private static final int MAX_NAME = 255;
    private static final Set<String> SPARSE_TYPES = Set.of("monolithicSparse", "streamOptimized");
    private static final String FLAT_TYPE = "monolithicFlat";

    private final Descriptor descriptor;
    private final SafetyReport report;
    private final long at;

    /** @param at file offset of the descriptor */
    DescriptorChecks(Descriptor descriptor, SafetyReport report, long at) {
        this.descriptor = descriptor;
        this.report = report;
        this.at = at;
    }

    /** Demands one sparse extent of the size that the header states, up to the rest of its last grain. */
    void demandSparse(SparseHeader header) throws ImageRefusedException {
        demandType(SPARSE_TYPES.contains(descriptor.createType()));
        Descriptor.ExtentLine extent = demandExtent("SPARSE");
        report.check(VmdkCheck.EXTENTS, extent.offset() <= 0, at, extent.offset(),
                "a sparse extent cannot begin inside its file");
        report.check(VmdkCheck.EXTENTS,
                extent.sectors() <= header.capacity() && header.capacity() - extent.sectors() < header.grainSize(), at,
                extent.sectors(), "the size of the extent is not the capacity of the header (" + header.capacity()
                        + " sectors)");
        report.enforce();
    }

    /**
     * Demands one flat extent inside the file that holds the descriptor.
     *
     * @param descriptorEnd first byte after the sectors that the descriptor fills
     */
    Descriptor.ExtentLine demandFlat(long descriptorEnd) throws ImageRefusedException {
        demandType(descriptor.createType().equals(FLAT_TYPE));
        Descriptor.ExtentLine extent = demandExtent("FLAT");
        report.demand(VmdkCheck.EXTENTS, extent.offset() > 0 && Sectors.bytes(extent.offset()) >= descriptorEnd,
                at, extent.name(),
                "the data of the disk is in another file, which is not part of this image; convert both to one file,"
                        + " for example as streamOptimized");
        report.demand(VmdkCheck.EXTENTS, extent.offset() <= Sectors.MAX - extent.sectors(), at, extent.offset(),
                "the extent cannot be addressed");
        return extent;
    }

    private void demandType(boolean expected) throws ImageRefusedException {
        String type = descriptor.createType();
        String advice = SPARSE_TYPES.contains(type) || type.equals(FLAT_TYPE)
                ? "the type does not fit the file that the descriptor is in"
                : "disks of this type consist of several files or belong to a host; export the disk as one file,"
                        + " for example as streamOptimized";
        report.demand(VmdkCheck.CREATE_TYPE, expected, at, type, advice);
    }

    private Descriptor.ExtentLine demandExtent(String type) throws ImageRefusedException {
        Descriptor.ExtentLine extent = descriptor.extents().getFirst();
        String name = extent.name();
        report.check(VmdkCheck.EXTENTS, descriptor.extents().size() == 1, at, descriptor.extents().size(),
                "the disk has more than one extent, so it is stored in several files");
        report.check(VmdkCheck.EXTENTS, extent.type().equals(type), at, extent.type(),
                "the extent must be of type " + type);
        report.check(VmdkCheck.EXTENTS, extent.sectors() > 0 && extent.sectors() <= Sectors.MAX, at,
                extent.sectors(), "the size of the extent must be above 0 and addressable");
        report.check(VmdkCheck.EXTENTS, isPlainName(name), at, name,
                "the extent must have a file name without a path");
        report.enforce();
        return extent;
    }

    /** The name is never opened; a path or a protocol in it shows what the image is meant to do to others. */
    private static boolean isPlainName(String name) {
        return !name.isBlank() && name.length() <= MAX_NAME && name.indexOf('/') < 0 && name.indexOf('\\') < 0
                && !name.equals("..") && !name.toLowerCase(Locale.ROOT).startsWith("json:")
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }
}
