package io.datavolume.image.vmdk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Demands that an image is refused for the reason expected. */
final class VmdkRefusal {

    private VmdkRefusal() {}

    /** In both modes. */
    static void assertRefused(Path folder, byte[] image, VmdkCheck check) throws Exception {
        for (Access.Mode mode : Access.Mode.values()) {
            assertRefused(folder, image, mode, check);
        }
    }

    static ImageRefusedException assertRefused(Path folder, byte[] image, Access.Mode mode, VmdkCheck check)
            throws Exception {
        Path file = Files.write(folder.resolve("bad.vmdk"), image);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> LayoutHarness.run(file, mode, VmdkLayout::new), mode::toString);
        assertTrue(refusal.violations().stream().anyMatch(v -> v.check().equals(check.id())),
                mode + ": " + refusal.getMessage());
        return refusal;
    }

    static byte[] changed(byte[] image, Consumer<ByteBuffer> change) {
        byte[] bytes = image.clone();
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    /** Puts another text in the place of the embedded descriptor, which has 20 sectors. */
    static byte[] withDescriptor(byte[] image, String text) {
        byte[] bytes = image.clone();
        byte[] descriptor = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 20 * 512);
        System.arraycopy(descriptor, 0, bytes, 512, descriptor.length);
        return bytes;
    }
}
