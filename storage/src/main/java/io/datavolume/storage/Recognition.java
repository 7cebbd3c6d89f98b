package io.datavolume.storage;

/** Whether the table knows a storage class. */
public sealed interface Recognition {

    record Recognized(StorageCapabilities capabilities) implements Recognition {}

    /** The table has no such provisioner. */
    record UnknownProvisioner() implements Recognition {}

    /** The provisioner is known, but not what it does with these parameters. */
    record UnknownParameters() implements Recognition {}
}
