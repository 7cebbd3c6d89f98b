package io.datavolume.image.detect;

import io.datavolume.image.Format;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** What must hold of detection whatever the bytes are. */
final class FuzzedDetection {

    private FuzzedDetection() {}

    static void run(byte[] file) {
        ByteBuffer head = ByteBuffer.wrap(file, 0, Math.min(file.length, FormatDetector.HEAD_BYTES));
        Optional<ByteBuffer> tail = file.length >= 512
                ? Optional.of(ByteBuffer.wrap(file, file.length - 512, 512))
                : Optional.empty();
        check(head, tail, OptionalLong.of(file.length), Optional.empty());
        check(head, Optional.empty(), OptionalLong.empty(), Optional.empty());
        for (Format declared : Format.values()) {
            check(head, tail, OptionalLong.of(file.length), Optional.of(declared));
        }
    }

    private static void check(ByteBuffer head, Optional<ByteBuffer> tail, OptionalLong length,
            Optional<Format> declared) {
        try {
            Format format = FormatDetector.detect(head, tail, length, declared);
            if (declared.isPresent() && declared.get() != format) {
                throw new AssertionError("declared as " + declared.get() + ", taken for " + format);
            }
        } catch (ImageRefusedException e) {
            if (e.violations().isEmpty() || declared.equals(Optional.of(Format.RAW))) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
