package io.datavolume.operator;

import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiStatus;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.OperatorNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a CDI resource says of its installation. */
final class StatusPlanner {

    static final String DEPLOYING = "Deploying";
    static final String DEPLOYED = "Deployed";
    static final String UPGRADING = "Upgrading";
    static final String DELETING = "Deleting";
    static final String DELETED = "Deleted";
    static final String ERROR = "Error";

    private StatusPlanner() {}

    /**
     * After a run in which everything could be written.
     *
     * @param unready deployments that are not ready, with what is known of the reason
     */
    static CdiStatus running(Cdi cdi, String version, Map<String, String> unready, Instant now) {
        CdiStatus before = of(cdi);
        String phase = before.phase();
        boolean upgrades = VersionStep.of(before.observedVersion(), version) == VersionStep.UPGRADE;
        String observed = unready.isEmpty() ? version : before.observedVersion();
        if (unready.isEmpty()) {
            return with(before, DEPLOYED, version, observed,
                    set(before, now, Condition.TRUE, OperatorNames.DEPLOY_COMPLETED,
                            "Deployment Completed", Condition.FALSE, "", "", Condition.FALSE, "", ""));
        }
        String what = String.join("; ", unready.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue().isEmpty() ? "" : ": " + entry.getValue())).sorted()
                .toList());
        boolean known = unready.values().stream().anyMatch(reason -> !reason.isEmpty());
        if (upgrades) {
            return with(before, UPGRADING, version, observed, set(before, now, Condition.TRUE, "", "", Condition.TRUE,
                    "", "", Condition.TRUE, OperatorNames.UPGRADE_STARTED, "Started upgrade to version " + version));
        }
        if (phase.equals(DEPLOYED)) {
            return with(before, DEPLOYED, version, observed, set(before, now, Condition.TRUE, "", "", Condition.FALSE,
                    "", "", Condition.TRUE, OperatorNames.DEPLOYMENT_UNREADY, what));
        }
        return with(before, DEPLOYING, version, observed, set(before, now, Condition.FALSE, "", "", Condition.TRUE,
                OperatorNames.DEPLOY_STARTED, "Started Deployment", known ? Condition.TRUE : Condition.FALSE,
                known ? OperatorNames.DEPLOYMENT_UNREADY : "", known ? what : ""));
    }

    /** When something could not be written: the message names it, and the permission if that was missing. */
    static CdiStatus notWritten(Cdi cdi, String version, String message, Instant now) {
        CdiStatus before = of(cdi);
        String phase = before.phase().isEmpty() ? DEPLOYING : before.phase();
        return with(before, phase, version, before.observedVersion(), set(before, now, Condition.FALSE, "", "",
                Condition.TRUE, "", "", Condition.TRUE, OperatorNames.CREATE_RESOURCES,
                "Unable to create all resources: " + message));
    }

    /** When this resource is not to be followed. */
    static CdiStatus error(Cdi cdi, String version, String message, Instant now) {
        CdiStatus before = of(cdi);
        return with(before, ERROR, version, before.observedVersion(), set(before, now, Condition.FALSE, "", "",
                Condition.FALSE, "", "", Condition.TRUE, OperatorNames.CONFIG_ERROR, message));
    }

    /** When an earlier operator finds what a later one installed. */
    static CdiStatus downgraded(Cdi cdi, Instant now) {
        CdiStatus before = of(cdi);
        return same(before, before.phase(),
                Condition.set(before.conditions(), ConditionTypes.DEGRADED, Condition.TRUE, OperatorNames.CONFIG_ERROR,
                        VersionStep.REFUSAL, now));
    }

    /** While DataVolumes keep it from going. */
    static CdiStatus blocked(Cdi cdi, String message, Instant now) {
        CdiStatus before = of(cdi);
        return same(before, before.phase(),
                Condition.set(before.conditions(), ConditionTypes.PROGRESSING, Condition.FALSE,
                        OperatorNames.UNINSTALL_BLOCKED,
                        message, now));
    }

    /** While it goes. */
    static CdiStatus going(Cdi cdi, String phase) {
        CdiStatus before = of(cdi);
        return same(before, phase, before.conditions());
    }

    static CdiStatus of(Cdi cdi) {
        return Optional.ofNullable(cdi.getStatus()).orElseGet(() -> new CdiStatus("", "", "", "", List.of(), Map.of()));
    }

    /** Of the same versions. */
    private static CdiStatus same(CdiStatus before, String phase, List<Condition> conditions) {
        return with(before, phase, before.targetVersion(), before.observedVersion(), conditions);
    }

    private static CdiStatus with(CdiStatus before, String phase, String version, String observed,
            List<Condition> conditions) {
        return new CdiStatus(phase, version, version, observed, conditions, before.unknown());
    }

    private static List<Condition> set(CdiStatus before, Instant now, String available, String availableReason,
            String availableMessage, String progressing, String progressingReason, String progressingMessage,
            String degraded, String degradedReason, String degradedMessage) {
        List<Condition> conditions = Condition.set(before.conditions(), ConditionTypes.AVAILABLE, available,
                availableReason, availableMessage, now);
        conditions = Condition.set(conditions, ConditionTypes.PROGRESSING, progressing, progressingReason,
                progressingMessage, now);
        return Condition.set(conditions, ConditionTypes.DEGRADED, degraded, degradedReason, degradedMessage, now);
    }
}
