package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.TransferSpec.MetricsSpec;
import io.datavolume.importer.TransferSpec.ResumeSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.TransferSpec.TargetSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a controller may rely on when it starts a worker process. */
class WorkerScenariosTest {

    /** Of the slow server, bytes per second and connection: the image takes some seconds. */
    private static final long SLOW = 6L << 20;
    /** Of the crawling server: no import ends before what a test waits for. */
    private static final long CRAWLING = 512L << 10;

    @TempDir
    static Path folder;
    private static Path raw;
    private static Path image;
    private static Nginx nginx;
    private static Nginx slow;
    private static Nginx crawling;

    @TempDir
    Path targets;

    @TempDir
    Path mounts;

    @BeforeAll
    static void serve() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        raw = TestDisk.write(served.resolve("disk.raw"));
        image = TestDisk.qcow2(raw, served.resolve("disk.qcow2"));
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", image.toString(), "-F", "qcow2",
                served.resolve("overlay.qcow2").toString());
        nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0);
        slow = new Nginx(Files.createDirectory(folder.resolve("slow")), served, SLOW);
        crawling = new Nginx(Files.createDirectory(folder.resolve("crawling")), served, CRAWLING);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.close();
        slow.close();
        crawling.close();
    }

    private Path target() {
        return targets.resolve("disk.img");
    }

    private Path resultFile() {
        return mounts.resolve("termination-log");
    }

    private TransferSpec order(String url) {
        return order(url, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private TransferSpec order(String url, Optional<Path> user, Optional<Path> password,
            Optional<MetricsSpec> metrics) {
        return new TransferSpec(
                new SourceSpec(url, Optional.empty(), user.map(Path::toString), password.map(Path::toString), List.of(),
                        List.of(), List.of(), false, Optional.empty(), Optional.empty(), 1, 10, 2, List.of()),
                new TargetSpec(target().toString(), Optional.empty(), "off", "auto", false), Optional.empty(),
                new ResumeSpec(true, Optional.empty()), Optional.empty(), metrics);
    }

    private void assertNothingLeft() throws IOException {
        try (var files = Files.list(targets)) {
            assertEquals("[]", files.toList().toString());
        }
    }

    @Test
    void workerWritesOneResultAndProgressAsJsonLines() throws Exception {
        Cdi.Ended ended = Worker.run(order(slow.url("disk.qcow2")), resultFile()).expect(0);
        Cdi.assertSameDisk(raw, target());
        assertEquals("", ended.err());

        List<JsonNode> lines = Worker.lines(ended.out());
        List<String> stages = lines.stream().map(line -> line.get("stage").asString()).distinct().toList();
        assertEquals("complete", stages.getLast());
        assertTrue(stages.contains("transferring"), stages.toString());
        long read = 0;
        long written = 0;
        for (JsonNode line : lines) {
            assertTrue(line.get("bytesRead").asLong() >= read, ended.out());
            assertTrue(line.get("bytesWritten").asLong() >= written, ended.out());
            read = line.get("bytesRead").asLong();
            written = line.get("bytesWritten").asLong();
            assertTrue(line.get("done").asLong() <= line.get("total").asLong() || line.get("total").asLong() == -1,
                    line.toString());
        }
        assertTrue(lines.stream().anyMatch(line -> line.get("rate").asLong() > 0), ended.out());
        assertEquals(100.0, lines.getLast().get("percent").asDouble());

        TransferResult result = Worker.result(resultFile());
        assertEquals(Outcome.COMPLETE, result.outcome());
        assertEquals("Import Complete", result.message());
        assertEquals(Optional.of("qcow2"), result.format());
        assertEquals(TestDisk.SIZE, result.virtualSize());
        assertEquals(written, result.bytesWritten());
        assertTrue(result.bytesRead() <= Files.size(image) * 11 / 10, result.toString());
    }

    @Test
    void imageThatOnlyTheUserCanMendEndsWithZeroAndAReason() throws Exception {
        Worker.run(order(nginx.url("overlay.qcow2")), resultFile()).expect(0);
        TransferResult result = Worker.result(resultFile());
        assertEquals(Outcome.NEEDS_USER, result.outcome());
        assertEquals(Optional.of("REFUSED_IMAGE"), result.reason());
        assertTrue(result.message().contains("backing-file"), result.message());
        assertNothingLeft();
    }

    @Test
    void serverThatDoesNotAnswerEndsWithOneSoThatTheWorkerIsStartedAgain() throws Exception {
        Worker.run(order("http://127.0.0.1:1/disk.qcow2"), resultFile()).expect(1);
        assertEquals(Outcome.RETRYABLE, Worker.result(resultFile()).outcome());
        assertFalse(Files.exists(target()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"source":                                                         | TRANSFER_SPEC
            {"source": {"location": "a"}}                                      | target.path
            {"source": {"location": "a"}, "target": {"path": "b"}, "sauce": 1} | sauce""")
    void orderThatCannotBeReadEndsWithZeroAndSaysWhatIsWrong(String json, String named) throws Exception {
        Cdi.Ended ended = Cdi.wait(Worker.start(json, resultFile())).expect(0);
        assertTrue(ended.err().contains(named), ended.err());
        TransferResult result = Worker.result(resultFile());
        assertEquals(Optional.of("USAGE"), result.reason());
        assertTrue(result.message().contains(named), result.message());
    }

    @Test
    void workerWithoutAnOrderEndsWithTwo() throws Exception {
        Cdi.Ended ended = Cdi.wait(Worker.start("", resultFile())).expect(2);
        assertTrue(ended.err().contains("TRANSFER_SPEC"), ended.err());
    }

    @Test
    void secretThatIsNotMountedEndsWithZeroAndNamesIt() throws Exception {
        Worker.run(order(nginx.url("disk.qcow2"), Optional.of(mounts.resolve("accessKeyId")), Optional.empty(),
                Optional.empty()), resultFile()).expect(0);
        TransferResult result = Worker.result(resultFile());
        assertEquals(Optional.of("USAGE"), result.reason());
        assertTrue(result.message().contains("accessKeyId"), result.message());
    }

    @Test
    void inspectionTellsFormatAndSizeAndWritesNothing() throws Exception {
        Cdi.Ended ended = Cdi.wait(Worker.start("{\"action\": \"INSPECT\", \"source\": {\"location\": \""
                + nginx.url("disk.qcow2") + "\"}}", resultFile())).expect(0);
        TransferResult result = Worker.result(resultFile());
        assertEquals(Outcome.COMPLETE, result.outcome(), result.message());
        assertEquals(Optional.of("qcow2"), result.format());
        assertEquals(TestDisk.SIZE, result.virtualSize());
        assertTrue(result.bytesRead() < 2L << 20, result.toString());
        assertEquals("complete", Worker.lines(ended.out()).getLast().get("stage").asString());
        assertNothingLeft();
    }

    @Test
    void inspectionOfARefusedImageNamesTheCheck() throws Exception {
        Cdi.wait(Worker.start("{\"action\": \"INSPECT\", \"source\": {\"location\": \"" + nginx.url("overlay.qcow2")
                + "\"}}", resultFile())).expect(0);
        TransferResult result = Worker.result(resultFile());
        assertEquals(Optional.of("REFUSED_IMAGE"), result.reason());
        assertTrue(result.message().contains("backing-file"), result.message());
    }

    @Test
    void blankDiskIsMadeWithoutASource() throws Exception {
        Cdi.wait(Worker.start("{\"source\": {\"location\": \"blank:\"}, \"target\": {\"path\": \"" + target()
                + "\", \"size\": 10485760, \"overhead\": 0.1, \"mode\": \"0660\"}}", resultFile())).expect(0);
        assertEquals(Outcome.COMPLETE, Worker.result(resultFile()).outcome());
        assertEquals(9L << 20, Files.size(target()));
        Cdi.tool("cmp", "-n", Long.toString(9L << 20), target().toString(), "/dev/zero");
    }

    @Test
    void diskFillsAVolumeButForTheFilesystemsShare() throws Exception {
        Worker.run(onVolume("0.055", 128L << 20), resultFile()).expect(0);
        assertEquals(121L << 20, Files.size(target()));
        Cdi.tool("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), target().toString());

        Files.delete(target());
        Worker.run(onVolume("0.055", 60L << 20), resultFile()).expect(0);
        TransferResult small = Worker.result(resultFile());
        assertEquals(Optional.of("TOO_LARGE"), small.reason());
        assertTrue(small.message().endsWith("A larger PVC is required: at least 68Mi"), small.message());
    }

    private TransferSpec onVolume(String overhead, long bytes) {
        TransferSpec plain = order(nginx.url("disk.qcow2"));
        return new TransferSpec(plain.source(), new TargetSpec(target().toString(), Optional.of(bytes), "off", "auto",
                false, Optional.of(Double.valueOf(overhead)), Optional.of("0660"), true), plain.checksum(),
                plain.resume(), plain.scratchFolder(), plain.metrics());
    }

    @Test
    void importOfALostResultIsMadeAgainOnAVolumeOfItsOwn() throws Exception {
        Files.writeString(target(), "complete or not: nobody knows");
        Worker.run(onVolume("0.055", 128L << 20), resultFile()).expect(0);
        assertEquals(Outcome.COMPLETE, Worker.result(resultFile()).outcome());
        Cdi.tool("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), target().toString());
    }

    @Test
    void metricsPortInUseIsAWarningAndNoFailure() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1)) {
            Cdi.Ended ended = Worker.run(order(slow.url("disk.qcow2"), Optional.empty(), Optional.empty(),
                    Optional.of(new MetricsSpec(taken.getLocalPort(), "uid"))), resultFile()).expect(0);
            assertTrue(ended.out().contains("\"warning\":\"Tried to serve metrics"), ended.out());
        }
        Cdi.assertSameDisk(raw, target());
    }

    @Test
    void workerServesTheProgressMetric() throws Exception {
        Set<Double> seen = new TreeSet<>();
        int port = Metrics.freePort();
        Process process = Worker.start(order(crawling.url("disk.qcow2"), Optional.empty(), Optional.empty(),
                Optional.of(new MetricsSpec(port, "7c1f-uid"))), resultFile());
        try (Metrics metrics = new Metrics(port)) {
            for (int i = 0; i < 300 && process.isAlive() && seen.size() < 4; i++) {
                metrics.progress("7c1f-uid").ifPresent(seen::add);
                Thread.sleep(100);
            }
            assertEquals(404, metrics.statusOf("/"));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(seen.size() >= 3, "values: " + seen);
        assertTrue(seen.stream().allMatch(percent -> percent >= 0 && percent <= 100), "values: " + seen);
        assertTrue(seen.stream().anyMatch(percent -> percent > 0 && percent < 100), "values: " + seen);
    }

    @Test
    void secretsNeverShowInOutput() throws Exception {
        Path user = Files.writeString(mounts.resolve("user"), "anna\n");
        String query = "?token=hunter2hunter2";
        Path right = Files.writeString(mounts.resolve("right"), "s3cret\n");
        TransferSpec works = order(nginx.url("private/disk.qcow2" + query), Optional.of(user), Optional.of(right),
                Optional.empty());
        assertSilent(Worker.run(works, resultFile()).expect(0), "s3cret", "hunter2");
        Cdi.assertSameDisk(raw, target());
        Files.delete(target());

        Path wrong = Files.writeString(mounts.resolve("wrong"), "correcthorse\n");
        TransferSpec denied = order(nginx.url("private/disk.qcow2" + query), Optional.of(user), Optional.of(wrong),
                Optional.empty());
        assertSilent(Worker.run(denied, resultFile()), "correcthorse", "hunter2");
        assertEquals(Optional.of("ACCESS_DENIED"), Worker.result(resultFile()).reason());

        assertSilent(Worker.run(order("http://127.0.0.1:1/disk.img" + query), resultFile()), "hunter2");
        assertNothingLeft();
    }

    private void assertSilent(Cdi.Ended ended, String... secrets) throws IOException {
        String everything = ended.out() + ended.err() + Files.readString(resultFile());
        for (String secret : secrets) {
            assertFalse(everything.contains(secret), everything);
        }
    }

    @Test
    void workerDiesWithItsParentAndItsSuccessorGoesOn() throws Exception {
        Path out = mounts.resolve("out");
        String command = Worker.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command + " > \"$0\" & echo $!; wait", out.toString());
        builder.environment().putAll(
                Worker.environment(Worker.json(order(crawling.url("disk.qcow2"))), resultFile()));
        Process parent = builder.start();
        long worker;
        try (var lines = parent.inputReader()) {
            worker = Long.parseLong(lines.readLine());
            await("the transfer runs", () -> Files.exists(out) && Files.readString(out).contains("\"transferring\""));
        } finally {
            parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        await("the worker ends", () -> !running(worker));
        assertFalse(Files.exists(target()), "the whole disk cannot be there yet");
        assertFalse(Files.exists(resultFile()), "a worker that was cut off has no result");

        Worker.run(order(nginx.url("disk.qcow2")), resultFile()).expect(0);
        Cdi.assertSameDisk(raw, target());
    }

    /** A process that ended but that nobody has waited for does not run. */
    private static boolean running(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "waited in vain: " + what);
            Thread.sleep(50);
        }
    }
}
