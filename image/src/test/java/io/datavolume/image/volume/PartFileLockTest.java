package io.datavolume.image.volume;

import static io.datavolume.image.volume.VolumeFixture.direct;
import static io.datavolume.image.volume.VolumeFixture.filled;
import static io.datavolume.image.volume.VolumeFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileLockTest {

    @TempDir
    Path folder;

    @Test
    void secondWriterOfThisProcessIsRefused() throws Exception {
        Path target = folder.resolve("disk.img");
        try (FileVolume first = FileVolume.open(target, VolumeOptions.DEFAULT)) {
            first.write(0, direct(filled(512, 1)));
            String message = refusal(Reason.TARGET, () -> FileVolume.open(target, VolumeOptions.DEFAULT).close());
            assertTrue(message.contains("is being written by another process"), message);
            // Closing a descriptor in the refused attempt would have released the lock.
            assertEquals("refused", secondProcess(target));
            first.complete(512);
        }
        assertEquals(512, Files.size(target));
    }

    @Test
    void secondProcessIsRefusedUntilTheFirstIsDone() throws Exception {
        Path target = folder.resolve("disk.img");
        try (FileVolume first = FileVolume.open(target, VolumeOptions.DEFAULT)) {
            first.write(0, direct(filled(512, 1)));
            first.zero(0, 512);
            assertEquals("refused", secondProcess(target));
        }
        assertEquals("opened", secondProcess(target));
    }

    private static String secondProcess(Path target) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-Xmx32m", "-cp", System.getProperty("java.class.path"),
                Second.class.getName(), target.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = process.inputReader().readLine();
        process.waitFor();
        return line;
    }

    /** Another import of the same target. */
    static final class Second {
        public static void main(String[] arguments) throws Exception {
            try (FileVolume volume = FileVolume.open(Path.of(arguments[0]), VolumeOptions.DEFAULT.withResume(true))) {
                System.out.println("opened");
            } catch (io.datavolume.image.failure.NeedsUserException e) {
                System.out.println(e.reason() == Reason.TARGET ? "refused" : e.toString());
            }
        }
    }
}
