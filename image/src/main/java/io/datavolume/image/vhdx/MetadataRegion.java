package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The metadata table and the items that it names ([MS-VHDX] 2.6). */
final class MetadataRegion {

    private enum Item {
        FILE_PARAMETERS("CAA16737-FA36-4D43-B3B6-33F0AA44E76B", 8),
        VIRTUAL_SIZE("2FA54224-CD1B-4876-B211-5DBED83BF4B8", 8),
        DISK_ID("BECA12AB-B2E6-4523-93EF-C309E000C746", 16),
        LOGICAL_SECTOR("8141BF1D-A96F-4709-BA47-F233A8FAAB5F", 4),
        PHYSICAL_SECTOR("CDA348C7-445D-4471-9CC9-E9885251C556", 4),
        PARENT_LOCATOR("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C", 0);

        private final UUID guid;
        private final int length;

        Item(String guid, int length) {
            this.guid = UUID.fromString(guid);
            this.length = length;
        }
    }

    private static final long SIGNATURE = 0x617461646174656dL; // "metadata"
    private static final int TABLE = 64 << 10;
    private static final int ENTRY = 32;
    private static final int MAX_ENTRIES = 2047;
    private static final int IS_REQUIRED = 4;

    private final ByteRange region;
    private final SafetyReport report;
    private final Map<Item, ByteRange> places = new EnumMap<>(Item.class);
    private final Map<Item, Long> values = new EnumMap<>(Item.class);
    private boolean tableFed;

    MetadataRegion(ByteRange region, SafetyReport report) throws ImageRefusedException {
        this.region = region;
        this.report = report;
        report.demand(VhdxCheck.METADATA, region.length() >= TABLE, region.start(), region.length(),
                "the metadata region is too short for its table");
    }

    /** The table, then all items that are missing. */
    List<ByteRange> wanted() {
        if (!tableFed) {
            return List.of(new ByteRange(region.start(), TABLE));
        }
        return places.entrySet().stream().filter(item -> !values.containsKey(item.getKey())).map(Map.Entry::getValue)
                .sorted(Comparator.naturalOrder()).toList();
    }

    void feed(ByteRange range, ByteBuffer bytes) throws ImageRefusedException {
        report.demand(VhdxCheck.METADATA, bytes.remaining() == range.length(), range.start(), bytes.remaining(),
                "the file ends inside the metadata");
        ByteBuffer b = Fields.of(bytes);
        if (!tableFed) {
            tableFed = true;
            readTable(b);
            return;
        }
        places.forEach((item, place) -> {
            if (place.equals(range)) {
                values.put(item, item.length == Integer.BYTES ? b.getInt(0) : b.getLong(0));
            }
        });
    }

    private void readTable(ByteBuffer b) throws ImageRefusedException {
        report.demand(VhdxCheck.METADATA, b.getLong(0) == SIGNATURE, region.start(), "",
                "the metadata table has no signature");
        int entries = Short.toUnsignedInt(b.getShort(10));
        report.demand(VhdxCheck.METADATA, entries <= MAX_ENTRIES, region.start() + 10, entries,
                "a metadata table has at most " + MAX_ENTRIES + " entries");
        for (int at = ENTRY; at < (entries + 1) * ENTRY; at += ENTRY) {
            readEntry(b, at);
        }
        report.check(VhdxCheck.PARENT, !places.containsKey(Item.PARENT_LOCATOR), region.start(), "",
                "differencing images are not supported; merge it with its parent first");
        for (Item item : Item.values()) {
            report.check(VhdxCheck.METADATA, item == Item.PARENT_LOCATOR || places.containsKey(item), region.start(),
                    item.guid, "a metadata item is missing");
        }
        report.enforce();
    }

    private void readEntry(ByteBuffer b, int at) throws ImageRefusedException {
        UUID guid = Fields.guid(b, at);
        for (Item item : Item.values()) {
            if (item.guid.equals(guid)) {
                report.demand(VhdxCheck.METADATA, places.put(item, place(item, b, at)) == null, region.start() + at,
                        guid, "the same metadata item is named twice");
                return;
            }
        }
        report.demand(VhdxCheck.METADATA, (b.getInt(at + 24) & IS_REQUIRED) == 0, region.start() + at, guid,
                "an unknown metadata item is required to read the disk");
    }

    private ByteRange place(Item item, ByteBuffer b, int at) throws ImageRefusedException {
        if (item == Item.PARENT_LOCATOR) {
            return region; // never read: it is refused
        }
        long offset = Integer.toUnsignedLong(b.getInt(at + 16));
        long length = Integer.toUnsignedLong(b.getInt(at + 20));
        report.demand(VhdxCheck.METADATA,
                offset >= TABLE && length == item.length && offset + length <= region.length(),
                region.start() + at + 16, offset,
                "a metadata item of " + length + " bytes does not stand behind the table inside its region");
        return new ByteRange(region.start() + offset, length);
    }

    /** The disk that the items describe; all must be fed. */
    DiskParameters parameters() throws ImageRefusedException {
        return DiskParameters.of(value(Item.FILE_PARAMETERS), value(Item.VIRTUAL_SIZE),
                (int) value(Item.LOGICAL_SECTOR), (int) value(Item.PHYSICAL_SECTOR), region.start(), report);
    }

    private long value(Item item) {
        return values.getOrDefault(item, 0L);
    }
}
