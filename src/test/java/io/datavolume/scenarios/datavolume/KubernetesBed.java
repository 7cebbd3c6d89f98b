package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.wire.Installer;
import io.datavolume.controller.Controllers;
import io.datavolume.controller.WorkerImage;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real API server with the controllers of Kubernetes; provisioner, node and workers are played. */
final class KubernetesBed implements Bed {

    /** Of all namespaces here. */
    static final String PREFIX = "scenario-";

    private static final Kind<Namespace> NAMESPACE = new Kind<>(Namespace.class, "", "v1", "Namespace", "namespaces",
            false, true);
    private static final String DRIVER = "csi.scenarios.datavolume.io";

    private final JumpingClock clock = new JumpingClock();
    private final PlayedWorker worker = new PlayedWorker();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final ControlPlane plane;
    private final KubernetesClient client;
    private final CountingCluster counted;
    private final ReconcilerLoop node;
    private final ReconcilerLoop provisioner;
    private final PlayedNode played;
    private @Nullable Controllers controllers;

    KubernetesBed(ControlPlane plane) {
        this.plane = plane;
        client = plane.client();
        counted = new CountingCluster(plane.cluster());
        ensure(Kinds.CSI_DRIVER, new CSIDriverBuilder().withNewMetadata().withName(DRIVER).endMetadata().withNewSpec()
                .withAttachRequired(false).endSpec().build());
        storageClass(CSI, DRIVER, "Immediate");
        storageClass(WAITS, DRIVER, "WaitForFirstConsumer");
        storageClass(PLAIN, "plain.scenarios.datavolume.io", "Immediate");
        storageClass(STATIC, "kubernetes.io/no-provisioner", "Immediate");
        played = new PlayedNode(cluster(), client, worker);
        node = start(played);
        provisioner = start(new PlayedProvisioner(cluster()));
        startController();
    }

    private ReconcilerLoop start(Reconciler reconciler) {
        ReconcilerLoop loop = new ReconcilerLoop(cluster(), reconciler, LoopOptions.standard());
        loop.start();
        return loop;
    }

    private void storageClass(String name, String provisionedBy, String binding) {
        ensure(Kinds.STORAGE_CLASS, new StorageClassBuilder().withNewMetadata().withName(name).endMetadata()
                .withProvisioner(provisionedBy).withVolumeBindingMode(binding).build());
    }

    private <T extends HasMetadata> void ensure(Kind<T> kind, T object) {
        try {
            cluster().create(kind, object);
        } catch (ClusterException.AlreadyExists e) {
            // Of an earlier scenario.
        }
    }

    @Override
    public Cluster cluster() {
        return plane.cluster();
    }

    @Override
    public CountingCluster counted() {
        return counted;
    }

    @Override
    public String newNamespace() {
        Namespace made = cluster().create(NAMESPACE,
                new NamespaceBuilder().withNewMetadata().withGenerateName(PREFIX).endMetadata().build());
        namespaces.add(made);
        return made.getMetadata().getName();
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
    public synchronized void stopController() {
        if (controllers != null) {
            controllers.close();
            controllers = null;
        }
    }

    @Override
    public synchronized void startController() {
        controllers = Controllers.start(counted, new WorkerImage("example.org/worker:1", "Never", List.of()),
                Installer.NONE, clock, LoopOptions.standard());
    }

    @Override
    public void jump(Duration by) {
        clock.jump(by);
    }

    @Override
    public void close() {
        stopController();
        namespaces.forEach(namespace -> cluster().delete(NAMESPACE, Key.of(namespace),
                namespace.getMetadata().getUid()));
        for (String name : List.of(CSI, WAITS, PLAIN, STATIC)) {
            remove(Kinds.STORAGE_CLASS, name);
            remove(Kinds.STORAGE_PROFILE, name);
        }
        remove(Kinds.CSI_DRIVER, DRIVER);
        remove(Kinds.CDI_CONFIG, "config");
        // Pods that are left need a node to go.
        played.all().forEach(node::wake);
        node.close();
        provisioner.close();
        client.close();
    }

    private void remove(Kind<?> kind, String name) {
        cluster().get(kind, Key.cluster(name))
                .ifPresent(found -> cluster().delete(kind, Key.cluster(name), found.getMetadata().getUid()));
    }
}
