package io.datavolume.controller.config;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the one CDIConfig: creates it, lets the installation decide its spec, and says in its status what counts. The
 * address of the upload proxy is only what an administrator sets: ingresses and routes are not looked for yet.
 */
public final class CdiConfigReconciler implements Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(CdiConfigReconciler.class);
    private static final Key CONFIG = Key.cluster(Names.CONFIG);

    private final Cluster cluster;
    private final Installer installer;

    public CdiConfigReconciler(Cluster cluster, Installer installer) {
        this.cluster = cluster;
        this.installer = installer;
    }

    @Override
    public String name() {
        return EventComponents.CONFIG;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(new Trigger<>(Kinds.CDI_CONFIG, config -> List.of(CONFIG)),
                new Trigger<>(Kinds.CDI, cdi -> List.of(CONFIG)),
                new Trigger<>(Kinds.STORAGE_CLASS, storageClass -> List.of(CONFIG)));
    }

    @Override
    public List<Key> atStart() {
        return List.of(CONFIG);
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<CdiConfig> config = cluster.informer(Kinds.CDI_CONFIG).get(CONFIG);
        Collection<Cdi> installations = cluster.informer(Kinds.CDI).list();
        StorageClasses classes = StorageClasses.of(cluster.informer(Kinds.STORAGE_CLASS).list());
        // OpenShift's Proxy will be read here.
        ConfigPlan plan = ConfigPlanner.plan(config, ActiveCdi.of(installations), classes, Optional.empty());
        plan.problems().forEach(problem -> LOG.warn("CDIConfig {}: {}", Names.CONFIG, problem));
        if (config.isPresent()) {
            update(config.get(), plan);
        } else {
            create(plan, ActiveCdi.owner(installations));
        }
        return Outcome.DONE;
    }

    private void create(ConfigPlan plan, Optional<OwnerReference> owner) {
        CdiConfig config = new CdiConfig();
        config.setMetadata(new ObjectMetaBuilder().withName(Names.CONFIG).withLabels(labels())
                .withOwnerReferences(owner.stream().toList()).build());
        config.setSpec(plan.spec());
        config.setStatus(plan.status());
        try {
            cluster.create(Kinds.CDI_CONFIG, config);
        } catch (ClusterException.AlreadyExists e) {
            LOG.debug("CDIConfig is there already; its own event will wake this again");
        }
    }

    private void update(CdiConfig config, ConfigPlan plan) {
        Patch.Builder patch = Patch.unchanged(config).difference(config.getSpec(), plan.spec(), "spec")
                .difference(config.getStatus(), plan.status(), "status");
        labels().forEach((name, value) -> {
            if (!value.equals(Labels.of(config, name).orElse(null))) {
                patch.label(name, value);
            }
        });
        if (!patch.isEmpty()) {
            cluster.patch(Kinds.CDI_CONFIG, CONFIG, patch.build());
        }
    }

    private Map<String, String> labels() {
        Map<String, String> labels = installer.labels(Labels.MANAGED_BY_CONTROLLER);
        labels.put(Labels.APP, Labels.APP_VALUE);
        labels.put(Labels.COMPONENT, "");
        return labels;
    }
}
