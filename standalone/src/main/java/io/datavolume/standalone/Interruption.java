package io.datavolume.standalone;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches for Ctrl-C and other polite ends of the process while a transfer runs. */
final class Interruption implements AutoCloseable {

    private final Leftovers leftovers;
    private final Consumer<String> say;
    private final Thread hook;
    private volatile @Nullable Process child;

    /** @param say takes the last words */
    Interruption(Leftovers leftovers, Consumer<String> say) {
        this.leftovers = leftovers;
        this.say = say;
        this.hook = new Thread(this::interrupted, "cdi-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A process that ends with this one. */
    void take(Process process) {
        child = process;
    }

    private void interrupted() {
        Process running = child;
        if (running != null) {
            running.destroyForcibly();
        }
        if (leftovers.resumable()) {
            say.accept("Interrupted. The same command goes on where it stopped.");
        } else {
            leftovers.delete();
            say.accept("Interrupted. Nothing was kept: the same command starts from the beginning.");
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            waitForTheEnd();
        }
    }

    /** The process is ending: what this thread would still print contradicts the last words. */
    private static void waitForTheEnd() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
