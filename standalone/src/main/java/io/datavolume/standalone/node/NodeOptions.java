package io.datavolume.standalone.node;

import io.datavolume.importer.worker.WorkerMain;
import io.datavolume.kubernetes.queue.TimeSource;
import java.time.InstantSource;
import java.util.Map;

/**
 * How the node works.
 *
 * @param parallel workers at once, 1 or more
 * @param backoff how long workers that fail wait
 * @param clock tells the time that stands in statuses
 * @param time measures waits
 * @param command how a worker is started
 * @param environment of this process, of which workers get a part
 */
record NodeOptions(int parallel, CrashBackoff backoff, InstantSource clock, TimeSource time, WorkerCommand command,
        Map<String, String> environment) {

    /** Two workers per processor, since they wait for the network most of the time. */
    static NodeOptions standard(InstantSource clock) {
        return new NodeOptions(2 * Runtime.getRuntime().availableProcessors(), CrashBackoff.LOCAL, clock,
                TimeSource.SYSTEM, WorkerCommand.here(WorkerMain.class.getName()), System.getenv());
    }
}
