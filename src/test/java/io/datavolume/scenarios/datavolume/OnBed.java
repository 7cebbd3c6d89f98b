package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A cluster for all scenarios of a class, a namespace for each, and what they do in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnBed {

    Bed bed;
    String namespace = "";
    private final List<Story> stories = new ArrayList<>();

    /** Opens the cluster of all scenarios. */
    abstract Bed open() throws Exception;

    @BeforeAll
    void openBed() throws Exception {
        bed = open();
    }

    @AfterAll
    void closeBed() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @BeforeEach
    void begin() {
        bed.hold();
        namespace = bed.newNamespace();
    }

    @AfterEach
    void end() {
        stories.forEach(Story::close);
        stories.clear();
    }

    Story story(String name) {
        Story story = Story.of(bed, namespace, name);
        stories.add(story);
        return story;
    }

    /** Imports an image into a claim of a storage class, with annotations as YAML. */
    Story importing(String name, Image image, String storageClass, String annotations) {
        return volume(name, "source: {http: {url: \"" + bed.url(image) + "\"}}", storageClass, annotations,
                "resources: {requests: {storage: 40Mi}}, ");
    }

    Story importing(String name, Image image, String storageClass) {
        return importing(name, image, storageClass, "");
    }

    Story volume(String name, String source, String storageClass, String annotations, String size) {
        Assumptions.assumeTrue(bed.has(storageClass), () -> "this cluster has no storage for " + storageClass);
        Story story = story(name);
        story.create(Kinds.DATA_VOLUME, """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: "%s", annotations: {%s}}
                spec:
                  %s
                  storage: {%saccessModes: [ReadWriteOnce], storageClassName: %s}
                """.formatted(name, annotations, source, size, storageClass));
        return story;
    }

    /** A pod that uses the claim of this name, and does nothing. */
    Pod consumer(Story story) {
        return story.create(Kinds.POD, """
                apiVersion: v1
                kind: Pod
                metadata: {name: consumer}
                spec:
                  containers: [{name: vm, image: "%s", volumeMounts: [{name: disk, mountPath: /disk}]}]
                  volumes: [{name: disk, persistentVolumeClaim: {claimName: "%s"}}]
                """.formatted(bed.idleImage(), story.key().name()));
    }

    /**
     * A volume that somebody made by hand for the claim of the story's name; it holds nothing.
     *
     * @param claimUid more of the reference to the claim, as YAML
     */
    PersistentVolume volumeByHand(Story story, String storageClass, String claimUid) {
        return story.create(Kinds.VOLUME, """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s-%2$s}
                spec:
                  accessModes: [ReadWriteOnce]
                  capacity: {storage: 64Mi}
                  storageClassName: %3$s
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: %1$s, name: %2$s%4$s}
                  hostPath: {path: /var/lib/of-no-matter}
                """.formatted(namespace, story.key().name(), storageClass, claimUid));
    }

    static String annotation(String key, String value) {
        return "\"" + key + "\": \"" + value + "\"";
    }

    void assertNothingIsLeft(Story story) throws InterruptedException {
        story.awaitGone(Kinds.DATA_VOLUME).awaitGone(Kinds.POD).awaitGone(Kinds.CLAIM)
                .awaitGone(Kinds.VOLUME_IMPORT_SOURCE);
        story.await("no volume is left", () -> bed.cluster().list(Kinds.VOLUME, Selection.ALL).stream()
                .noneMatch(volume -> namespace.equals(volume.getSpec().getClaimRef() == null
                        ? ""
                        : volume.getSpec().getClaimRef().getNamespace())));
    }

    static String claim(String name, String storageClass, String more) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s}
                spec:
                  accessModes: [ReadWriteOnce]
                  storageClassName: %s
                  resources: {requests: {storage: 40Mi}}
                  %s
                """.formatted(name, storageClass, more);
    }
}
