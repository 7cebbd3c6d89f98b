package io.datavolume.operator;

import io.datavolume.api.event.EventWriter;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.controller.process.LeadingProcess;
import io.datavolume.controller.process.ProcessMain;
import io.datavolume.kubernetes.KubernetesCluster;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** The process of {@code cdi-operator}. docs/installation.md has its settings. */
public final class OperatorMain {

    private OperatorMain() {}

    public static void main(String[] arguments) {
        ProcessMain.run("cdi-operator", arguments, OperatorMain::work);
    }

    private static LeadingProcess.Start work(Map<String, String> environment) {
        // Before there is a cluster to talk to: what is missing is to be said at once.
        OperatorSettings.of(environment, "");
        return (cluster, namespace, options) -> new Operator(cluster, OperatorSettings.of(environment, namespace),
                options);
    }

    private static final class Operator implements LeadingProcess.Work {

        private final EventWriter events;
        private final ReconcilerLoop loop;

        Operator(KubernetesCluster cluster, OperatorSettings settings, Function<String, LoopOptions> options) {
            events = new EventWriter(cluster, Clock.systemUTC());
            loop = new ReconcilerLoop(cluster, new CdiReconciler(cluster, settings,
                    events.recorder(EventComponents.OPERATOR), Clock.systemUTC()),
                    options.apply(EventComponents.OPERATOR));
            loop.start();
        }

        @Override
        public String metrics() {
            return "";
        }

        @Override
        public void close() {
            loop.close();
            events.close();
        }
    }
}
