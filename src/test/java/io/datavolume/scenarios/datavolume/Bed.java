package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/** A cluster with storage, a node, images to import, and our controller. */
interface Bed extends AutoCloseable {

    /** Storage class whose provisioner is a CSI driver: claims are filled through prime claims. */
    String CSI = "scenario-csi";
    /** Of another provisioner: claims are filled directly. */
    String PLAIN = "scenario-plain";
    /** As {@link #CSI}, but claims wait for their first consumer. */
    String WAITS = "scenario-waits";
    /** Volumes are made by hand. */
    String STATIC = "scenario-static";

    Cluster cluster();

    TestedController controller();

    /** A namespace that nobody has used. */
    String newNamespace();

    String url(Image image);

    /** Whether there is storage behind a class. */
    default boolean has(String storageClass) {
        return true;
    }

    /** A container image that does nothing. */
    default String idleImage() {
        return "example.org/vm:1";
    }

    /** Makes {@link Image#LATER} be there, and {@link Image#SLOW} come to its end. */
    void release();

    /** Takes back {@link #release}. */
    void hold();

    /** Fails unless the volume of a claim holds the disk of an image. */
    void assertHolds(PersistentVolumeClaim claim, Image image) throws Exception;

    @Override
    void close() throws Exception;
}
