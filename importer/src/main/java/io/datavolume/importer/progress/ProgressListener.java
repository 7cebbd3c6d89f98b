package io.datavolume.importer.progress;

/** Is told about progress, from one thread, a few times a second and once at each change of stage. */
@FunctionalInterface
public interface ProgressListener {

    /** Takes no notice. */
    ProgressListener NONE = progress -> {};

    void update(Progress progress);

    /** Something that people should know and that stops nothing. */
    default void warning(String message) {
        // most listeners show progress only
    }
}
