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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a controller may rely on when it starts a worker process. */
class WorkerScenariosTest {

    /** Of the slow server, bytes per second and connection: the image takes some seconds. */
    private static final long SLOW = 6L << 20;

    @TempDir
    static Path folder;
    private static Path raw;
    private static Path image;
    private static Nginx nginx;
    private static Nginx slow;

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
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.close();
        slow.close();
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
            {"source":                       | TRANSFER_SPEC
            {}                               | source
            {"source": {"location": "a"}}    | headers""")
    void orderThatCannotBeReadEndsWithTwoAndSaysWhatIsWrong(String json, String named) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Worker.command());
        builder.environment().put("TRANSFER_SPEC", json);
        builder.environment().put("TRANSFER_RESULT", resultFile().toString());
        Cdi.Ended ended = Cdi.wait(builder.start()).expect(2);
        assertTrue(ended.err().contains(named), ended.err());
        TransferResult result = Worker.result(resultFile());
        assertEquals(Optional.of("USAGE"), result.reason());
        assertTrue(result.message().contains(named), result.message());
    }

    @Test
    void orderWithAFieldThatWorkersDoNotKnowEndsWithTwo() throws Exception {
        String order = Worker.json(order("unused"));
        orderThatCannotBeReadEndsWithTwoAndSaysWhatIsWrong("{\"sauce\": 1," + order.substring(1), "sauce");
    }

    @Test
    void workerServesTheProgressMetric() throws Exception {
        Set<Double> seen = new TreeSet<>();
        int port = Metrics.freePort();
        Process process = Worker.start(order(slow.url("disk.qcow2"), Optional.empty(), Optional.empty(),
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
        builder.environment().putAll(Worker.environment(order(slow.url("disk.qcow2")), resultFile()));
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
