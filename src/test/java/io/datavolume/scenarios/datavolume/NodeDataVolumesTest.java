package io.datavolume.scenarios.datavolume;

import io.datavolume.scenarios.cluster.OnWholeCluster;
import io.datavolume.scenarios.cluster.WholeCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * On real nodes. A real worker takes its seconds, so that each run has a sample of these scenarios, and all of them are
 * run by {@code -Dnode=all}; docs/node-scenarios.md has the last record.
 */
@ExtendWith({OnWholeCluster.class, NodeSample.class})
class NodeDataVolumesTest extends DataVolumeScenarios {

    @TempDir
    private static Path folder;
    private final WholeCluster node;

    NodeDataVolumesTest(WholeCluster node) {
        this.node = node;
    }

    @Override
    Bed open() throws Exception {
        return new NodeBed(node, folder);
    }
}
