package io.datavolume.standalone.node;

import java.nio.file.Path;

/**
 * What stands in a pod's folder about one container.
 *
 * @param log output of the instance that runs or ran last
 * @param previousLog output of the one before
 * @param termination where the worker leaves its result
 * @param process which process it is
 */
record ContainerFiles(Path log, Path previousLog, Path termination, Path process) {

    /** @param log where the cluster looks for the output */
    static ContainerFiles of(Path folder, String container, Path log) {
        return new ContainerFiles(log, folder.resolve(container + ".previous.log"),
                folder.resolve(container + ".termination"), folder.resolve(container + ".process"));
    }
}
