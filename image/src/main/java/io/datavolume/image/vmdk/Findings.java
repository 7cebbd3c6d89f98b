package io.datavolume.image.vmdk;

import io.datavolume.image.Access;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the stages find out together: checks, facts, the virtual size, and how long the file must be. */
final class Findings {

    private static final int MAX_FACT = 64;

    private final Access access;
    private final SafetyReport report = new SafetyReport("vmdk image", List.of(VmdkCheck.values()));
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private OptionalLong virtualSize = OptionalLong.empty();
    private long neededLength;

    Findings(Access access) {
        this.access = access;
    }

    Access access() {
        return access;
    }

    SafetyReport report() {
        return report;
    }

    Map<String, Object> facts() {
        return new LinkedHashMap<>(facts);
    }

    OptionalLong virtualSize() {
        return virtualSize;
    }

    /** Bytes of the file, {@link Long#MAX_VALUE} where unknown. */
    long fileLength() {
        return access.fileLength().orElse(Long.MAX_VALUE);
    }

    /** @throws NeedsUserException when the target is too small */
    void setVirtualSize(long size) throws NeedsUserException {
        VirtualSize.requireFits(size, access.capacity());
        virtualSize = OptionalLong.of(size);
    }

    void fact(String name, Object value) {
        facts.put(name, value);
    }

    /** Adds a text from the image, cut and without control characters. */
    void quote(String name, String value) {
        StringBuilder clean = new StringBuilder();
        value.chars().limit(MAX_FACT).forEach(c -> clean.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        facts.put(name, clean.toString());
    }

    void demand(VmdkCheck check, boolean holds, long offset, Object value, String message)
            throws ImageRefusedException {
        report.demand(check, holds, offset, value, message);
    }

    /** Demands that the file reaches to {@code end}: at once where its length is known, else when it has ended. */
    void needFile(long end, VmdkCheck check, long offset) throws ImageRefusedException {
        neededLength = Math.max(neededLength, end);
        if (end > fileLength()) {
            report.demand(check, false, offset, end,
                    "this is behind the end of the file (" + fileLength() + " bytes); the image is truncated");
        }
    }

    /** Demands that a fed range is complete. */
    void demandComplete(ByteBuffer bytes, long length, long offset) throws ImageRefusedException {
        report.demand(VmdkCheck.FILE_LENGTH, bytes.remaining() == length, offset, bytes.remaining(),
                "the file ends where " + length + " bytes of metadata were expected; the image is truncated");
    }

    /** Last check, when the length of the file is known. */
    void end(long fileLength, boolean complete) throws ImageRefusedException {
        report.demand(VmdkCheck.FILE_LENGTH, complete && neededLength <= fileLength, -1, fileLength,
                complete
                        ? "the image is truncated, its tables name data up to " + neededLength
                        : "the image is truncated, the file ends before its tables");
    }
}
