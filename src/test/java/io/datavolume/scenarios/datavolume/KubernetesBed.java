package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** A real API server with the controllers of Kubernetes; provisioner, node and workers are played. */
final class KubernetesBed implements Bed {

    /** Of all namespaces here. */
    static final String PREFIX = "scenario-";

    private static final String DRIVER = "csi.scenarios.datavolume.io";

    private final PlayedWorker worker = new PlayedWorker();
    private final List<String> namespaces = new ArrayList<>();
    private final ControlPlane plane;
    private final KubernetesClient client;
    private final TestedController controller;
    private final ReconcilerLoop node;
    private final ReconcilerLoop provisioner;
    private final PlayedNode played;

    KubernetesBed(ControlPlane plane) {
        this.plane = plane;
        client = plane.client();
        plane.ensure(Kinds.CSI_DRIVER,
                new CSIDriverBuilder().withNewMetadata().withName(DRIVER).endMetadata().withNewSpec()
                        .withAttachRequired(false).endSpec().build());
        plane.storageClass(CSI, DRIVER, "Immediate");
        plane.storageClass(WAITS, DRIVER, "WaitForFirstConsumer");
        plane.storageClass(PLAIN, "plain.scenarios.datavolume.io", "Immediate");
        plane.storageClass(STATIC, "kubernetes.io/no-provisioner", "Immediate");
        played = new PlayedNode(cluster(), client, worker);
        node = start(played);
        provisioner = start(new PlayedProvisioner(cluster(),
                new PlayedProvisioner.Names(List.of(CSI, PLAIN, WAITS))));
        controller = new TestedController(cluster(), "example.org/worker:1", "Never");
    }

    private ReconcilerLoop start(Reconciler reconciler) {
        ReconcilerLoop loop = new ReconcilerLoop(cluster(), reconciler, LoopOptions.standard());
        loop.start();
        return loop;
    }

    @Override
    public Cluster cluster() {
        return plane.cluster();
    }

    @Override
    public TestedController controller() {
        return controller;
    }

    @Override
    public String newNamespace() {
        String made = plane.newNamespace(PREFIX);
        namespaces.add(made);
        return made;
    }

    @Override
    public String url(Image image) {
        return PlayedWorker.HOST + image.path();
    }

    @Override
    public void release() {
        worker.release(true);
        played.all().forEach(node::wake);
    }

    @Override
    public void hold() {
        worker.release(false);
    }

    @Override
    public void assertHolds(PersistentVolumeClaim claim, Image image) {
        // Nothing is written here; that the worker was ordered to is what the node's answer tells.
    }

    @Override
    public void close() {
        controller.close();
        namespaces.forEach(name -> plane.remove(ControlPlane.NAMESPACE, name));
        for (String name : List.of(CSI, WAITS, PLAIN, STATIC)) {
            plane.remove(Kinds.STORAGE_CLASS, name);
            plane.remove(Kinds.STORAGE_PROFILE, name);
        }
        plane.remove(Kinds.CSI_DRIVER, DRIVER);
        plane.remove(Kinds.CDI_CONFIG, "config");
        // Pods that are left need a node to go.
        played.all().forEach(node::wake);
        node.close();
        provisioner.close();
        client.close();
    }
}
