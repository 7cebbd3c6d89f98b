package io.datavolume.controller.process;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of {@code cdi-deployment}. Its settings come from the environment, see {@link ProcessSettings}; it ends
 * in order on SIGTERM, and with code 1 when another one leads.
 */
public final class ControllerMain {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ControllerMain() {}

    public static void main(String[] arguments) {
        ProcessSettings settings;
        try {
            settings = ProcessSettings.of(System.getenv(), List.of(arguments), UUID.randomUUID().toString());
        } catch (IllegalArgumentException e) {
            System.err.println("cdi-controller: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        // Before the first logger, which reads it.
        System.setProperty("cdi.log.level", settings.logLevel());
        System.exit(run(settings));
    }

    private static int run(ProcessSettings settings) {
        Logger log = LoggerFactory.getLogger(ControllerMain.class);
        CountDownLatch end = new CountDownLatch(1);
        try {
            ControllerProcess process = new ControllerProcess(settings, () -> Runtime.getRuntime().halt(FAILED));
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
