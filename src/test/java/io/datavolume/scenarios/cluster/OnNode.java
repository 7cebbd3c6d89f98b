package io.datavolume.scenarios.cluster;

/** Gives tests the {@link Node} as a parameter; where there is none they are skipped. */
public final class OnNode extends OfTheRun<Node> {

    public OnNode() {
        super(Node.class, Node::of);
    }
}
