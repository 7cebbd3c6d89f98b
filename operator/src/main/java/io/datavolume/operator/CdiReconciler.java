package io.datavolume.operator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiSpec;
import io.datavolume.api.v1beta1.CdiStatus;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Finalizers;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Names;
import io.datavolume.api.wire.OperatorNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Installs what a CDI resource asks for, keeps it so, says how it is, and removes it. */
public final class CdiReconciler implements Reconciler {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration REGULARLY = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final OperatorSettings settings;
    private final EventRecorder events;
    private final Clock clock;
    private final Installation installation;
    private final Removal removal;
    private @Nullable Basis basis;
    private List<HasMetadata> plan = List.of();

    public CdiReconciler(Cluster cluster, OperatorSettings settings, EventRecorder events, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        this.installation = new Installation(cluster, settings, events);
        this.removal = new Removal(cluster, settings, events, clock);
    }

    @Override
    public String name() {
        return EventComponents.OPERATOR;
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.CDI));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<Cdi> found = cluster.get(Kinds.CDI, key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Cdi cdi = found.get();
        if (cdi.getMetadata().getDeletionTimestamp() != null) {
            return removal.remove(cdi, this::write) ? Outcome.DONE : Outcome.after(SOON);
        }
        Optional<OwnerReference> other = other(cdi);
        if (other.isPresent()) {
            return refuse(cdi, other.get());
        }
        if (VersionStep.of(StatusPlanner.of(cdi).observedVersion(), settings.version()) == VersionStep.DOWNGRADE) {
            write(cdi, StatusPlanner.downgraded(cdi, clock.instant()));
            return Outcome.after(REGULARLY);
        }
        return prepared(cdi) ? install(cdi) : Outcome.after(SOON);
    }

    /** The other CDI resource to which the installation belongs. */
    private Optional<OwnerReference> other(Cdi cdi) {
        Key map = new Key(settings.namespace(), OperatorNames.CONFIG_MAP);
        return cluster.get(Kinds.CONFIG_MAP, map).flatMap(Owners::controllerOf)
                .filter(owner -> !owner.getUid().equals(cdi.getMetadata().getUid()));
    }

    private Outcome refuse(Cdi cdi, OwnerReference other) {
        boolean goes = cluster.get(Kinds.CDI, Key.cluster(other.getName()))
                .filter(found -> found.getMetadata().getUid().equals(other.getUid())
                        && found.getMetadata().getDeletionTimestamp() == null)
                .isEmpty();
        if (!goes) {
            write(cdi, StatusPlanner.error(cdi, settings.version(),
                    "Reconciling to error state, unwanted CDI object", clock.instant()));
        }
        return Outcome.after(goes ? SOON : REGULARLY);
    }

    /** Whether the resource bears what it must before anything is made; if not, that is written. */
    private boolean prepared(Cdi cdi) {
        Patch.Builder patch = Patch.unchanged(cdi);
        if (!cdi.getMetadata().getFinalizers().contains(Finalizers.OPERATOR)) {
            List<String> finalizers = new ArrayList<>(cdi.getMetadata().getFinalizers());
            finalizers.add(Finalizers.OPERATOR);
            patch.field(finalizers, "metadata", "finalizers");
        }
        if (!Annotations.has(cdi, Annotations.CONFIG_AUTHORITY)) {
            // What was configured before somebody installed by a CDI resource goes on to count.
            boolean silent = Optional.ofNullable(cdi.getSpec()).map(CdiSpec::config).isEmpty();
            if (silent
                    && cluster.get(InstalledKinds.DEFINITION, Key.cluster("cdiconfigs." + Kinds.GROUP)).isPresent()) {
                cluster.get(Kinds.CDI_CONFIG, Key.cluster(Names.CONFIG)).map(config -> config.getSpec())
                        .ifPresent(spec -> patch.field(spec, "spec", "config"));
            }
            patch.annotation(Annotations.CONFIG_AUTHORITY, "");
        }
        if (patch.isEmpty()) {
            ensureConfigMap(cdi);
            return true;
        }
        cluster.patch(Kinds.CDI, Key.of(cdi), patch.build());
        return false;
    }

    private void ensureConfigMap(Cdi cdi) {
        ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName(OperatorNames.CONFIG_MAP)
                .withNamespace(settings.namespace()).withLabels(InstallPlanner.installer(cdi, settings))
                .addToLabels("operator." + Labels.COMPONENT, "").withOwnerReferences(Owners.controller(cdi))
                .endMetadata().build();
        if (cluster.get(Kinds.CONFIG_MAP, Key.of(map)).isEmpty()) {
            cluster.create(Kinds.CONFIG_MAP, map);
        }
    }

    private Outcome install(Cdi cdi) {
        List<HasMetadata> wanted;
        List<String> problems;
        try {
            wanted = planned(cdi);
            problems = installation.apply(cdi, wanted);
        } catch (ClusterException.Forbidden | IllegalArgumentException e) {
            write(cdi, StatusPlanner.notWritten(cdi, settings.version(), String.valueOf(e.getMessage()),
                    clock.instant()));
            return Outcome.after(REGULARLY);
        }
        if (!problems.isEmpty()) {
            write(cdi, StatusPlanner.notWritten(cdi, settings.version(), String.join("; ", problems),
                    clock.instant()));
            return Outcome.after(REGULARLY);
        }
        Map<String, String> unready = installation.unready(wanted);
        if (unready.isEmpty() && !StatusPlanner.of(cdi).observedVersion().equals(settings.version())) {
            installation.prune(cdi, wanted);
        }
        write(cdi, StatusPlanner.running(cdi, settings.version(), unready, clock.instant()));
        return Outcome.after(unready.isEmpty() ? REGULARLY : SOON);
    }

    /** Reading twelve definitions takes its time, so a plan is kept while nothing changes of what it is made from. */
    private synchronized List<HasMetadata> planned(Cdi cdi) {
        Facts facts = installation.facts();
        Basis now = new Basis(cdi.getMetadata().getUid(), cdi.getMetadata().getLabels(), cdi.getSpec(), facts);
        if (!now.equals(basis)) {
            plan = InstallPlanner.objects(cdi, settings, facts);
            basis = now;
        }
        return plan;
    }

    private record Basis(String uid, @Nullable Map<String, String> labels, @Nullable CdiSpec spec, Facts facts) {}

    private void write(Cdi cdi, CdiStatus status) {
        Patch.Builder patch = Patch.of(cdi).difference(cdi.getStatus(), status, "status");
        if (patch.isEmpty()) {
            return;
        }
        List<Condition> before = StatusPlanner.of(cdi).conditions();
        cluster.patchStatus(Kinds.CDI, Key.of(cdi), patch.build());
        status.conditions().stream().filter(condition -> !condition.reason().isEmpty()
                && before.stream().noneMatch(condition::saysSame)).forEach(condition -> {
                    boolean bad = condition.type().equals(ConditionTypes.DEGRADED)
                            || condition.reason().equals(OperatorNames.UNINSTALL_BLOCKED);
                    events.record(cdi, bad ? "Warning" : "Normal", condition.reason(), condition.message());
                });
    }
}
