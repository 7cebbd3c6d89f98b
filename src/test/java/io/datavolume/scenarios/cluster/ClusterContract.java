package io.datavolume.scenarios.cluster;

/** Everything that reconcilers rely on, whatever the cluster: each adapter of the port runs it. */
abstract class ClusterContract
        implements
            ObjectContract,
            PatchContract,
            DeleteContract,
            InformerContract,
            LoopContract {}
