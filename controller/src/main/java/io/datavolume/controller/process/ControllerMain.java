package io.datavolume.controller.process;

import io.datavolume.controller.Controllers;
import io.datavolume.controller.metrics.StorageGauges;
import io.datavolume.kubernetes.KubernetesCluster;
import io.datavolume.kubernetes.queue.LoopOptions;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** The process of {@code cdi-deployment}: all reconcilers. docs/controller.md has its settings. */
public final class ControllerMain {

    private ControllerMain() {}

    public static void main(String[] arguments) {
        ProcessMain.run("cdi-controller", arguments, ControllerMain::work);
    }

    private static LeadingProcess.Start work(Map<String, String> environment) {
        ControllerSettings settings = ControllerSettings.of(environment);
        return (cluster, namespace, options) -> {
            LoggerFactory.getLogger(ControllerMain.class).info("Workers run {}", settings.image().name());
            return new Reconcilers(cluster, namespace, settings, options);
        };
    }

    private static final class Reconcilers implements LeadingProcess.Work {

        private final Controllers controllers;
        private final StorageGauges gauges;

        Reconcilers(KubernetesCluster cluster, String namespace, ControllerSettings settings,
                Function<String, LoopOptions> options) {
            controllers = Controllers.start(cluster, settings.image().in(namespace), settings.installer(),
                    Clock.systemUTC(), options);
            gauges = new StorageGauges(cluster);
        }

        @Override
        public String metrics() {
            return gauges.text();
        }

        @Override
        public void close() {
            controllers.close();
        }
    }
}
