package io.datavolume.image.vhd;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The footer behind the content. Where the length of the file is known it is its last 512 bytes; in a stream it is
 * looked for behind the last block, where all known programs write it.
 */
final class TrailingFooter {

    private final ByteRange place;
    private final SafetyReport report;
    private boolean fed;
    private @Nullable VhdFooter footer;

    TrailingFooter(long offset, SafetyReport report) {
        this.place = new ByteRange(offset, VhdFooter.LENGTH);
        this.report = report;
    }

    ByteRange place() {
        return place;
    }

    boolean isFed() {
        return fed;
    }

    @Nullable
    VhdFooter footer() {
        return footer;
    }

    void feed(ByteBuffer bytes) {
        fed = true;
        footer = VhdFooter.read(bytes).orElse(null);
    }

    /** Compares it, where it was found, with the copy at the beginning of the file. */
    void compare(VhdFooter copy) throws ImageRefusedException {
        VhdFooter found = footer;
        if (found != null) {
            report.demand(VhdCheck.TRAILING_FOOTER, found.equals(copy), place.start(), "another",
                    "the footer behind the disk says otherwise than its copy at the beginning");
        }
    }

    /** Demands that the file ends with it; a footer elsewhere behind the last block can only be missed. */
    void end(long fileLength) throws ImageRefusedException {
        if (footer == null && fileLength > place.end()) {
            report.warn(VhdCheck.TRAILING_FOOTER, "no footer stands behind the last block, at offset "
                    + place.start() + "; the end of the file, " + fileLength + " bytes, was not looked at");
            return;
        }
        report.demand(VhdCheck.TRAILING_FOOTER, footer != null, place.start(), "none",
                "the file does not end with a footer; the image is truncated");
    }
}
