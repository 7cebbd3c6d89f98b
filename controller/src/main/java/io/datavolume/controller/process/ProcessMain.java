package io.datavolume.controller.process;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of a process of the control plane. It ends in order on SIGTERM, with code 1 when another one leads, and
 * with 2 when it is not told what to do.
 */
public final class ProcessMain {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ProcessMain() {}

    /**
     * Runs until it is told to end, then ends the JVM.
     *
     * @param name {@code cdi-controller} or the like
     * @param work from the environment; an IllegalArgumentException says what is missing there
     */
    public static void run(String name, String[] arguments, Function<Map<String, String>, LeadingProcess.Start> work) {
        ProcessSettings settings;
        LeadingProcess.Start start;
        try {
            settings = ProcessSettings.of(System.getenv(), List.of(arguments), name, UUID.randomUUID().toString());
            start = work.apply(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        // Before the first logger, which reads it.
        System.setProperty("cdi.log.level", settings.logLevel());
        System.exit(run(name, settings, start));
    }

    private static int run(String name, ProcessSettings settings, LeadingProcess.Start start) {
        Logger log = LoggerFactory.getLogger(ProcessMain.class);
        CountDownLatch end = new CountDownLatch(1);
        OldGeneration.keepSmall();
        try {
            LeadingProcess process = new LeadingProcess(name, settings, start, () -> Runtime.getRuntime().halt(FAILED));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(process::close));
            process.lead();
            end.await();
            return 0;
        } catch (InterruptedException e) {
            return 0;
        } catch (RuntimeException e) {
            log.error("{}", e.getMessage(), e);
            return FAILED;
        }
    }
}
