package io.datavolume.scenarios.datavolume;

/** What scenarios import. */
enum Image {

    /** A qcow2 of random bytes. */
    DISK("disk.qcow2", Image.SIZE),
    /** The same, which takes seconds, or until {@link Bed#release} where the node is played. */
    SLOW("slow/disk.qcow2", Image.SIZE),
    /** Refused: it has a backing file. */
    DELTA("delta.qcow2", Image.SIZE),
    /** Not there before {@link Bed#release}. */
    LATER("later.qcow2", Image.SIZE),
    /** Needs more than {@link #SIZE}. */
    LARGE("large.qcow2", 8 * Image.SIZE),
    /** Needs scratch space; only where the node is played, since real workers find room elsewhere. */
    TAIL("tail.qcow2.gz", Image.SIZE);

    /** Bytes of most disks. */
    static final long SIZE = 16L << 20;

    private final String path;
    private final long size;

    Image(String path, long size) {
        this.path = path;
        this.size = size;
    }

    /** Path on the web server. */
    String path() {
        return path;
    }

    /** Bytes of the disk in it. */
    long size() {
        return size;
    }
}
