package io.datavolume.controller.importing;

/** Names and paths within a worker pod, as administrators and support scripts know them. */
final class WorkerLayout {

    static final String CONTAINER = "importer";
    /** What the image is to be: the file with the options of its JVM. */
    static final String ROLE = "@/app/worker";
    static final String METRICS_PORT_NAME = "metrics";
    static final int METRICS_PORT = 8443;
    /** User and group of disks, as QEMU runs with them. */
    static final long QEMU_USER = 107;

    static final String DATA_VOLUME = "cdi-data-vol";
    static final String DATA_PATH = "/data";
    static final String DISK_FILE = DATA_PATH + "/disk.img";
    /** For QEMU's user and group. */
    static final String DISK_MODE = "0660";
    static final String BLOCK_DEVICE = "/dev/cdi-block-volume";
    static final String SCRATCH_VOLUME = "cdi-scratch-vol";
    static final String SCRATCH_PATH = "/scratch";
    static final String CERT_VOLUME = "cdi-cert-vol";
    static final String CERT_PATH = "/certs";
    static final String PROXY_CERT_VOLUME = "cdi-proxy-cert-vol";
    static final String PROXY_CERT_PATH = "/proxycerts";
    static final String SECRET_VOLUME = "cdi-secret-vol";
    static final String SECRET_PATH = "/secret";
    static final String USER_FILE = SECRET_PATH + "/accessKeyId";
    static final String PASSWORD_FILE = SECRET_PATH + "/secretKey";
    static final String HEADERS_VOLUME = "cdi-secret-extra-headers-vol-";
    static final String HEADERS_PATH = "/extraheaders/";
    /** For what the JVM unpacks: the root filesystem is read-only. */
    static final String TEMPORARY_VOLUME = "cdi-tmp-vol";
    static final String TEMPORARY_PATH = "/tmp";
    /** A device has no room for a journal beside it; this outlives the container, not the pod. */
    static final String JOURNAL_VOLUME = "cdi-journal-vol";
    static final String JOURNAL_PATH = "/journal";

    static final String ORDER = "TRANSFER_SPEC";

    private WorkerLayout() {}
}
