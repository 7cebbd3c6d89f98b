package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first 320 KiB: file identifier, two headers and two region tables ([MS-VHDX] 2.2). The region tables are kept as
 * they are stored, since the log may change them.
 */
final class HeadSection {

    private static final ByteRange IDENTIFIER = new ByteRange(0, 520);
    private static final long SIGNATURE = 0x656c696678646876L; // "vhdxfile"

    private final SafetyReport report;
    private final List<ByteRange> missing = new ArrayList<>(List.of(IDENTIFIER, VhdxHeader.FIRST, VhdxHeader.SECOND,
            RegionTable.FIRST, RegionTable.SECOND));
    private final byte[][] tables = {{}, {}};
    private String creator = "";
    private @Nullable VhdxHeader first;
    private @Nullable VhdxHeader second;

    HeadSection(SafetyReport report) {
        this.report = report;
    }

    List<ByteRange> wanted() {
        return List.copyOf(missing);
    }

    void feed(ByteRange range, ByteBuffer bytes) throws ImageRefusedException {
        missing.remove(range);
        if (range.equals(IDENTIFIER)) {
            readIdentifier(Fields.of(bytes));
        } else if (range.equals(VhdxHeader.FIRST)) {
            first = VhdxHeader.read(bytes);
        } else if (range.equals(VhdxHeader.SECOND)) {
            second = VhdxHeader.read(bytes);
        } else {
            byte[] table = new byte[bytes.remaining()];
            bytes.get(bytes.position(), table);
            tables[range.equals(RegionTable.FIRST) ? 0 : 1] = table;
        }
    }

    private void readIdentifier(ByteBuffer b) throws ImageRefusedException {
        report.demand(VhdxCheck.SIGNATURE, b.limit() == IDENTIFIER.length() && b.getLong(0) == SIGNATURE, 0, "",
                "this is not a VHDX image");
        StringBuilder name = new StringBuilder();
        for (int at = Long.BYTES; at < b.limit() && b.getChar(at) != 0; at += Character.BYTES) {
            char c = b.getChar(at);
            name.append(c >= ' ' && c <= '~' ? c : '?');
        }
        creator = name.toString();
    }

    String creator() {
        return creator;
    }

    VhdxHeader header() throws ImageRefusedException {
        return VhdxHeader.current(first, second, report);
    }

    /** The stored region tables. */
    List<ByteBuffer> tables() {
        return List.of(ByteBuffer.wrap(tables[0]), ByteBuffer.wrap(tables[1]));
    }
}
