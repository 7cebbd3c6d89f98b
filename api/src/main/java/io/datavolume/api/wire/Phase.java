package io.datavolume.api.wire;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Phases of a DataVolume, {@code status.phase}. */
public enum Phase {
    /** Nothing decided yet. */
    UNSET(""),
    PENDING("Pending"),
    PVC_BOUND("PVCBound"),
    IMPORT_SCHEDULED("ImportScheduled"),
    IMPORT_IN_PROGRESS("ImportInProgress"),
    CLONE_SCHEDULED("CloneScheduled"),
    CLONE_IN_PROGRESS("CloneInProgress"),
    SNAPSHOT_FOR_SMART_CLONE_IN_PROGRESS("SnapshotForSmartCloneInProgress"),
    CLONE_FROM_SNAPSHOT_SOURCE_IN_PROGRESS("CloneFromSnapshotSourceInProgress"),
    /** Of older releases; read, never written. */
    SMART_CLONE_PVC_IN_PROGRESS("SmartClonePVCInProgress"),
    CSI_CLONE_IN_PROGRESS("CSICloneInProgress"),
    /** Of older releases; read, never written. */
    EXPANSION_IN_PROGRESS("ExpansionInProgress"),
    /** Of older releases; read, never written. */
    NAMESPACE_TRANSFER_IN_PROGRESS("NamespaceTransferInProgress"),
    PREP_CLAIM_IN_PROGRESS("PrepClaimInProgress"),
    REBIND_IN_PROGRESS("RebindInProgress"),
    UPLOAD_SCHEDULED("UploadScheduled"),
    UPLOAD_READY("UploadReady"),
    WAIT_FOR_FIRST_CONSUMER("WaitForFirstConsumer"),
    PENDING_POPULATION("PendingPopulation"),
    PAUSED("Paused"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    UNKNOWN("Unknown");

    private static final Map<String, Phase> BY_TEXT = Stream.of(values())
            .collect(Collectors.toMap(Phase::text, Function.identity()));

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** As it stands on the wire. */
    public String text() {
        return text;
    }

    /** The phase of that text; no text is {@link #UNSET}, one that is not known is {@link #UNKNOWN}. */
    public static Phase of(@Nullable String text) {
        return Optional.ofNullable(BY_TEXT.get(text == null ? "" : text)).orElse(UNKNOWN);
    }

    /** Whether nothing more happens by itself. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED;
    }

    @Override
    public String toString() {
        return text;
    }
}
