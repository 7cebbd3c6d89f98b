package io.datavolume.scenarios.cluster;

/** Gives tests the {@link ControlPlane} as a parameter; where there is none they are skipped. */
public final class OnKubernetes extends OfTheRun<ControlPlane> {

    public OnKubernetes() {
        super(ControlPlane.class, ControlPlane::of);
    }
}
