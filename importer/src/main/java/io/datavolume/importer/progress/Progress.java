package io.datavolume.importer.progress;

/**
 * A moment of a transfer.
 *
 * @param stage what is being done
 * @param bytesRead bytes received from the source
 * @param bytesWritten guest bytes written
 * @param total bytes of which {@code done} is a part; -1 while unknown
 * @param done how far the transfer is, in the unit of {@code total}
 * @param rate bytes of {@code done} per second over the last seconds
 */
public record Progress(Stage stage, long bytesRead, long bytesWritten, long total, long done, double rate) {

    /** The stages of a transfer, in order. */
    public enum Stage {
        CONNECTING, INSPECTING, TRANSFERRING, VERIFYING, SYNCING, COMPLETE;

        /** Name for people and machines: {@code transferring}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Percent of the whole, 0 to 100; -1 while unknown. */
    public double percent() {
        return stage == Stage.COMPLETE ? 100 : total <= 0 ? -1 : Math.min(100.0, 100.0 * done / total);
    }

    /** Seconds left at the present rate; -1 while unknown. */
    public long secondsLeft() {
        return total <= 0 || rate < 1 ? -1 : (long) Math.ceil((total - Math.min(done, total)) / rate);
    }
}
