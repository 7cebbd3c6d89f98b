package io.datavolume.scenarios.cluster;

/** Gives tests the {@link WholeCluster} as a parameter; where there is none they are skipped. */
public final class OnWholeCluster extends OfTheRun<WholeCluster> {

    public OnWholeCluster() {
        super(WholeCluster.class, WholeCluster::of);
    }
}
