package io.datavolume.operator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiSpec;
import io.datavolume.api.v1beta1.CdiStatus;
import io.datavolume.api.wire.Finalizers;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.OperatorNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The end of an installation: first the controller, then the workers; all else is owned by the CDI resource and goes with
 * it, definitions with their objects among it.
 */
final class Removal {

    private static final List<String> WORKERS = List.of(Labels.IMPORTER, Labels.UPLOAD_SERVER, Labels.CLONE_SOURCE);

    private final Cluster cluster;
    private final OperatorSettings settings;
    private final EventRecorder events;
    private final Clock clock;

    Removal(Cluster cluster, OperatorSettings settings, EventRecorder events, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Goes on with removing.
     *
     * @param status writes what the resource says meanwhile
     * @return whether it is done
     */
    boolean remove(Cdi cdi, BiConsumer<Cdi, CdiStatus> status) {
        if (!cdi.getMetadata().getFinalizers().contains(Finalizers.OPERATOR)) {
            return true;
        }
        if (!isOfNoConsequence(cdi)) {
            int left = blocking(cdi);
            if (left > 0) {
                String message = ("rejecting the uninstall request, since there are still %d DataVolumes present. "
                        + "Either delete all DataVolumes or change the uninstall strategy before uninstalling CDI")
                        .formatted(left);
                status.accept(cdi, StatusPlanner.blocked(cdi, message, clock.instant()));
                return false;
            }
            status.accept(cdi, StatusPlanner.going(cdi, StatusPlanner.DELETING));
            Key controller = new Key(settings.namespace(), ControllerDeployment.NAME);
            Optional<Deployment> running = cluster.get(InstalledKinds.DEPLOYMENT, controller);
            running.ifPresent(found -> {
                cluster.delete(InstalledKinds.DEPLOYMENT, controller, found.getMetadata().getUid());
                events.normal(cdi, OperatorNames.DELETED,
                        "Deleted deployment " + ControllerDeployment.NAME + " successfully");
            });
            if (running.isPresent() || !cluster.list(Kinds.POD, new Selection(Optional.of(settings.namespace()),
                    Map.of(Labels.COMPONENT, ControllerDeployment.NAME))).isEmpty()) {
                return false;
            }
            removeWorkers(cdi);
        }
        List<String> finalizers = cdi.getMetadata().getFinalizers().stream()
                .filter(name -> !name.equals(Finalizers.OPERATOR)).toList();
        cluster.patch(Kinds.CDI, Key.of(cdi), Patch.of(cdi).field(finalizers, "metadata", "finalizers")
                .difference(cdi.getStatus(), StatusPlanner.going(cdi, StatusPlanner.DELETED), "status").build());
        return true;
    }

    /** A resource that was never followed has nothing to remove. */
    private static boolean isOfNoConsequence(Cdi cdi) {
        String phase = StatusPlanner.of(cdi).phase();
        return phase.isEmpty() || phase.equals(StatusPlanner.ERROR);
    }

    private int blocking(Cdi cdi) {
        boolean blocks = Optional.ofNullable(cdi.getSpec()).map(CdiSpec::uninstallStrategy)
                .filter(OperatorNames.BLOCK_UNINSTALL::equals)
                .isPresent();
        return blocks
                ? (int) cluster.list(Kinds.DATA_VOLUME, Selection.ALL).stream()
                        .filter(found -> Labels.of(found, Labels.DATA_IMPORT_CRON).isEmpty()).count()
                : 0;
    }

    private void removeWorkers(Cdi cdi) {
        for (String role : WORKERS) {
            Selection selection = new Selection(Optional.empty(), Map.of(Labels.COMPONENT, role));
            delete(Kinds.POD, selection);
            delete(InstalledKinds.SERVICE, selection);
        }
        events.normal(cdi, OperatorNames.DELETED, "Deleted worker resources successfully");
    }

    private <T extends HasMetadata> void delete(Kind<T> kind, Selection selection) {
        cluster.list(kind, selection)
                .forEach(found -> cluster.delete(kind, Key.of(found), found.getMetadata().getUid()));
    }
}
