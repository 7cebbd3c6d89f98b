package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.progress.ProgressListener;
import io.datavolume.importer.progress.ProgressReporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QemuImgTest {

    private static final int SIZE = 8 << 20;

    @TempDir
    private Path folder;

    private Path raw() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        return Files.write(folder.resolve("disk.raw"), content);
    }

    static void qemuImg(Object... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        for (Object word : words) {
            command.add(word.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private static void convert(String format, Path from, Path to) throws IOException {
        try (ProgressReporter reporter = new ProgressReporter(ProgressListener.NONE)) {
            QemuImg.find(System.getenv("PATH")).convert(format, from, to, SIZE, reporter, process -> {});
        }
    }

    @ParameterizedTest
    @CsvSource({"qcow2, qcow2, -c", "qcow2, qcow2, -q", "vmdk, vmdk, -q", "vpc, vhd, -q", "vhdx, vhdx, -q",
        "vdi, vdi, -q"})
    void everyFormatIsConvertedWithinTheLimits(String theirs, String ours, String option) throws Exception {
        Path raw = raw();
        Path image = folder.resolve("image, with = and json:{}");
        if (theirs.equals("vpc")) {
            qemuImg("convert", "-f", "raw", "-O", theirs, "-o", "force_size=on", raw, "file:" + image);
        } else {
            qemuImg("convert", option, "-f", "raw", "-O", theirs, raw, "file:" + image);
        }
        Path target = folder.resolve("nbd:target,x");
        convert(ours, image, target);
        assertEquals(-1, Files.mismatch(raw, target));
    }

    @Test
    void commandNamesFormatAndFilesWithoutProtocols() throws Exception {
        List<String> command = QemuImg.find(System.getenv("PATH")).command("vhd", Path.of("json:{}"),
                Path.of("nbd:host:1"));
        assertTrue(command.containsAll(List.of("-f", "vpc", "-O", "raw")), command.toString());
        assertEquals("file:" + Path.of("json:{}").toAbsolutePath(), command.get(command.size() - 2));
        assertEquals("file:" + Path.of("nbd:host:1").toAbsolutePath(), command.getLast());
    }

    /** A program of that name, which tells what it may use. */
    @Test
    void limitsAreOnTheProgramWhenItStarts() throws Exception {
        Path program = Files.writeString(folder.resolve("qemu-img"),
                "#!/bin/sh\nwhile read -r line; do echo \"$line\"; done < /proc/self/limits; exit 1\n");
        assertTrue(program.toFile().setExecutable(true));
        String limits;
        try (ProgressReporter reporter = new ProgressReporter(ProgressListener.NONE)) {
            QemuImg fake = QemuImg.find(folder.toString());
            limits = assertThrows(QemuImg.FailedException.class, () -> fake.convert("raw", program,
                    folder.resolve("target"), 1000, reporter, process -> {})).toString().replaceAll(" +", " ");
        }
        assertTrue(limits.contains("Max address space 1073741824 1073741824 bytes"), limits);
        assertTrue(limits.contains("Max cpu time 60 60 seconds"), limits);
        assertTrue(limits.contains("Max file size 1024 1024 bytes"), limits);
        assertTrue(limits.contains("Max core file size 0 0 bytes"), limits);
    }

    @Test
    void imageLargerThanSaidMeetsTheLimitOfFileSize() throws Exception {
        Path image = folder.resolve("disk.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", image, "64M");
        assertThrows(QemuImg.FailedException.class, () -> convert("qcow2", image, folder.resolve("target")));
    }

    @Test
    void failureTellsWhatTheProgramSaid() throws Exception {
        Path image = Files.writeString(folder.resolve("disk.qcow2"), "no such thing");
        String message = assertThrows(QemuImg.FailedException.class,
                () -> convert("qcow2", image, folder.resolve("target"))).toString();
        assertTrue(message.contains("Image is not in qcow2 format"), message);
    }

    @Test
    void missingProgramSaysHowToGetIt() {
        String message = assertThrows(NeedsUserException.class, () -> QemuImg.find(folder.toString())).toString();
        assertTrue(message.contains("apt install qemu-utils"), message);
    }

    @Test
    void progressIsReadFromTheOutput() throws IOException {
        List<Double> percents = new ArrayList<>();
        String said = QemuImg.follow(new ByteArrayInputStream(
                "    (0.00/100%)\r    (50.01/100%)\r    (100.00/100%)\r\nqemu-img: bad é\n"
                        .getBytes(StandardCharsets.UTF_8)),
                percents::add);
        assertEquals(List.of(0.0, 50.01, 100.0), percents);
        assertEquals("qemu-img: bad é", said);
    }
}
