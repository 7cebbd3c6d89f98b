package io.datavolume.image.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessLimitsTest {

    @BeforeAll
    static void nativeCallsWorkHere() {
        assumeTrue(NativeCalls.get().available(), "this system has no native calls");
    }

    /** Starts a shell that waits for a line, so that limits are in force before it prints its own. */
    private static Process waitingShell(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "read line; " + command).start();
    }

    private static String proceed(Process shell) throws Exception {
        shell.getOutputStream().write('\n');
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(shell.waitFor(10, TimeUnit.SECONDS));
        return output.strip();
    }

    @Test
    void childSeesItsAddressSpaceLimit() throws Exception {
        Process shell = waitingShell("ulimit -v");
        assertEquals(Result.DONE, ProcessLimits.addressSpace(shell.pid(), 1L << 30));
        assertEquals("1048576", proceed(shell));
    }

    @Test
    void childSeesItsProcessorLimit() throws Exception {
        Process shell = waitingShell("ulimit -t");
        assertEquals(Result.DONE, ProcessLimits.cpuTime(shell.pid(), 77));
        assertEquals("77", proceed(shell));
    }

    @Test
    void childSeesItsLimitsOfFilesAndDumps() throws Exception {
        // ulimit counts files in blocks of 512 bytes
        Process shell = waitingShell("ulimit -f; ulimit -c");
        assertEquals(Result.DONE, ProcessLimits.fileSize(shell.pid(), 1 << 20));
        assertEquals(Result.DONE, ProcessLimits.noCoreDump(shell.pid()));
        assertEquals("2048\n0", proceed(shell));
    }

    @Test
    void limitMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> ProcessLimits.cpuTime(0, 0));
    }

    @Test
    void workerDiesWithItsParent() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The shell must stay the parent, so it may not exec its last command.
        Process parent = new ProcessBuilder("sh", "-c", "\"$@\"; true", "sh", java, "-Xmx32m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Worker.class.getName()).start();
        String line = parent.inputReader().readLine();
        ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
        parent.destroyForcibly().waitFor();
        worker.onExit().get(10, TimeUnit.SECONDS);
        assertFalse(worker.isAlive());
    }

    /** Binds its life to its parent, says its pid and waits. */
    static final class Worker {
        public static void main(String[] arguments) throws Exception {
            System.out.println(ProcessLimits.dieWithParent() == Result.DONE ? ProcessHandle.current().pid() : -1);
            Thread.sleep(20_000);
        }
    }
}
