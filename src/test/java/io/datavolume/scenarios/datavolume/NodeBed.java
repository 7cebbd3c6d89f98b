package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.Registry;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.WholeCluster;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Real nodes: workers are pods of the product's image, volumes those of a CSI driver, or folders of the node. */
final class NodeBed implements Bed {

    private final WholeCluster node;
    private final WholeCluster.Means means;
    private final Registry registry;
    private final ServedImages images;
    private final TestedController controller;
    private final Optional<ReconcilerLoop> provisioner;
    private final List<String> namespaces = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    NodeBed(WholeCluster node, Path folder) throws IOException, InterruptedException {
        this.node = node;
        means = node.means();
        ControlPlane plane = node.plane();
        plane.storageClass(CSI, means.driver(), "Immediate");
        plane.storageClass(WAITS, means.driver(), "WaitForFirstConsumer");
        plane.storageClass(PLAIN, means.plain().orElse("plain.scenarios.datavolume.io"), "Immediate");
        plane.storageClass(STATIC, "kubernetes.io/no-provisioner", "Immediate");
        provisioner = means.shared().map(shared -> new ReconcilerLoop(cluster(), new PlayedProvisioner(cluster(),
                new NodeFolders(shared, List.of(PLAIN))), LoopOptions.standard()));
        provisioner.ifPresent(ReconcilerLoop::start);
        controller = new TestedController(cluster(), means.image(), means.pullPolicy());
        // Last: servers that nobody stops would hold up the end of the run.
        registry = new Registry(means.host(), Files.createDirectory(folder.resolve("registry")));
        images = new ServedImages(means.host(), folder, registry.toString());
    }

    ServedImages images() {
        return images;
    }

    /** Address of the registry that workers reach, by plain HTTP. */
    String registry() {
        return registry.toString();
    }

    @Override
    public Cluster cluster() {
        return node.plane().cluster();
    }

    @Override
    public TestedController controller() {
        return controller;
    }

    @Override
    public String newNamespace() {
        String made = node.plane().newNamespace(KubernetesBed.PREFIX);
        namespaces.add(made);
        return made;
    }

    @Override
    public String idleImage() {
        return means.idle();
    }

    @Override
    public boolean has(String storageClass) {
        return !PLAIN.equals(storageClass) || means.shared().isPresent() || means.plain().isPresent();
    }

    @Override
    public String url(Image image) {
        return images.url(image);
    }

    @Override
    public void release() {
        images.release();
    }

    @Override
    public void hold() {
        images.hold();
    }

    /** A pod with another program looks. */
    @Override
    public void assertHolds(PersistentVolumeClaim claim, Image image) throws Exception {
        assertHolds(claim, images.raw(), image.size());
    }

    /** @param bytes of the raw file, with which the disk has to begin */
    void assertHolds(PersistentVolumeClaim claim, Path raw, long bytes) throws Exception {
        String sum = Cdi.tool("sh", "-c", "head -c " + bytes + " " + raw + " | sha256sum").split(" ")[0];
        assertEquals(sum, look(claim, "head -c " + bytes + " $disk | sha256sum").split(" ")[0]);
    }

    /** What a shell command says in a pod with the claim, whose disk is {@code $disk}. */
    String look(PersistentVolumeClaim claim, String command) throws Exception {
        boolean block = VolumeModes.BLOCK.equals(claim.getSpec().getVolumeMode());
        String name = "look-" + looks.incrementAndGet();
        String namespace = claim.getMetadata().getNamespace();
        Pod pod = Story.read(Kinds.POD, namespace,
                """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: %s}
                        spec:
                          restartPolicy: Never
                          automountServiceAccountToken: false
                          securityContext: {runAsNonRoot: true, runAsUser: 107, fsGroup: 107, seccompProfile: {type: RuntimeDefault}}
                          containers:
                          - name: look
                            image: %s
                            imagePullPolicy: %s
                            command: [bash, -euc, %s]
                            env: [{name: disk, value: %s}]
                            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                            resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 500m, memory: 256Mi}}
                            %s
                          volumes: [{name: disk, persistentVolumeClaim: {claimName: "%s"}}]
                        """
                        .formatted(name, means.looker(), means.pullPolicy(), "'" + command.replace("'", "''") + "'",
                                block ? "/dev/disk" : "/disk/disk.img",
                                block
                                        ? "volumeDevices: [{name: disk, devicePath: /dev/disk}]"
                                        : "volumeMounts: [{name: disk, mountPath: /disk}]",
                                claim.getMetadata().getName()));
        Key key = Key.of(cluster().create(Kinds.POD, pod));
        node.kubectl("-n", namespace, "wait", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s",
                "pod/" + name);
        String said = node.kubectl("-n", namespace, "logs", name);
        cluster().delete(Kinds.POD, key, cluster().get(Kinds.POD, key).orElseThrow().getMetadata().getUid());
        return said;
    }

    @Override
    public void close() throws Exception {
        controller.close();
        for (String name : namespaces) {
            node.plane().remove(ControlPlane.NAMESPACE, name);
        }
        provisioner.ifPresent(ReconcilerLoop::close);
        images.close();
        registry.close();
    }

    /** Volumes as folders of the node, as simple provisioners make them. */
    private record NodeFolders(Path folder, List<String> classes) implements PlayedProvisioner.Storage {

        @Override
        public void make(String name, PersistentVolumeClaim claim, PersistentVolumeSpecBuilder spec) {
            Path made = folder.resolve(name);
            try {
                Files.createDirectories(made);
                Cdi.tool("chmod", "777", made.toString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            spec.withNewHostPath().withPath(made.toString()).endHostPath();
        }

        @Override
        public void remove(String name) {
            try {
                Cdi.tool("rm", "-rf", folder.resolve(name).toString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
