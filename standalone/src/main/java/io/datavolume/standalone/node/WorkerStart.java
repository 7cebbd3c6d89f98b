package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Key;
import io.datavolume.standalone.local.Folders;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts the worker of a pod. */
final class WorkerStart {

    private static final String ORDER = "TRANSFER_SPEC";
    private static final String RESULT = "TRANSFER_RESULT";

    private final LocalCluster cluster;
    private final NodeOptions options;
    private final PodVolumes volumes;
    private final ContainerEnvironment environment;

    WorkerStart(LocalCluster cluster, NodeOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.volumes = new PodVolumes(cluster);
        this.environment = new ContainerEnvironment(cluster, options.environment());
    }

    /** @throws NotReadyException when something is missing that may come */
    WorkerProcess start(Pod pod) throws NotReadyException {
        Container container = only(pod);
        Path folder = cluster.state().pod(pod.getMetadata().getUid());
        try {
            // The pod must outlive the machine before its process does anything.
            cluster.sync();
            Folders.createPrivate(folder);
            Mounts mounts = Mounts.of(container, volumes.prepare(pod, folder));
            Map<String, String> variables = environment.of(pod, container);
            String order = variables.get(ORDER);
            if (order == null) {
                throw NotReadyException.start("container " + container.getName() + " has no variable " + ORDER
                        + ", and the local node runs nothing but workers");
            }
            variables.put(ORDER, WorkerOrder.localize(order, mounts));
            variables.put(RESULT, files(pod).termination().toString());
            WorkerProcess.endLeftover(files(pod));
            return WorkerProcess.start(options.command().line(container, mounts.largest()), variables, folder,
                    files(pod));
        } catch (IOException e) {
            throw NotReadyException.start("Tried to start the worker of pod " + Key.of(pod) + " but failed: " + e);
        }
    }

    private static Container only(Pod pod) throws NotReadyException {
        if (pod.getSpec().getContainers().size() != 1 || !pod.getSpec().getInitContainers().isEmpty()) {
            throw NotReadyException.start("the local node runs pods of one container only");
        }
        return pod.getSpec().getContainers().getFirst();
    }

    ContainerFiles files(Pod pod) {
        String uid = pod.getMetadata().getUid();
        String name = pod.getSpec().getContainers().getFirst().getName();
        return ContainerFiles.of(cluster.state().pod(uid), name, cluster.state().podLog(uid, name));
    }

    /** Removes what was laid out for a pod that has ended, copies of secrets among it. */
    void removeVolumes(Pod pod) throws IOException {
        Folders.delete(cluster.state().pod(pod.getMetadata().getUid()).resolve(PodVolumes.FOLDER));
    }
}
