package io.datavolume.standalone.node;

import java.io.Serial;

/** A container cannot be started yet; it is tried again, as by a kubelet. */
final class NotReadyException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String event;

    private NotReadyException(String reason, String event, String message) {
        super(message);
        this.reason = reason;
        this.event = event;
    }

    /** A volume cannot be mounted. */
    static NotReadyException mount(String volume, String why) {
        return new NotReadyException("ContainerCreating", "FailedMount",
                "MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
    }

    /** The container's description cannot be followed. */
    static NotReadyException config(String why) {
        return new NotReadyException("CreateContainerConfigError", "Failed", "Error: " + why);
    }

    /** The process cannot be started. */
    static NotReadyException start(String why) {
        return new NotReadyException("CreateContainerError", "Failed", "Error: " + why);
    }

    /** Reason of the waiting container. */
    String reason() {
        return reason;
    }

    /** Reason of the event. */
    String event() {
        return event;
    }

    /** What is wrong, for people. */
    String text() {
        return String.valueOf(getMessage());
    }
}
