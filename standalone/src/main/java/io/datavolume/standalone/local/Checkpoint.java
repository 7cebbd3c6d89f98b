package io.datavolume.standalone.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings the object files up to what the journals say, then removes these journals. Killed at any point, it leaves
 * journals that say the same again.
 */
final class Checkpoint {

    /** Filesystems make many files durable at once in about the time of one. */
    private static final int WRITERS = 16;

    private final StateFolder state;
    private final Tables tables;
    private final ObjectFiles files;

    Checkpoint(StateFolder state, Tables tables) {
        this.state = state;
        this.tables = tables;
        this.files = new ObjectFiles(state);
    }

    /**
     * @param changed what the journals speak of; its newest state is written, which may be newer than they are
     * @param journals to remove
     * @param revision the highest that was given so far
     */
    void run(Collection<Ref> changed, List<Path> journals, long revision) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (Ref ref : changed) {
            Path folder = files.path(ref).getParent();
            if (folder != null && folders.add(folder) && !Files.isDirectory(folder)) {
                Folders.createPrivate(folder);
                Folders.syncParent(folder);
                Folders.sync(state.objects());
            }
        }
        List<Callable<Void>> work = new ArrayList<>();
        for (Ref ref : changed) {
            work.add(() -> {
                write(ref);
                return null;
            });
        }
        inParallel(work);
        for (Path folder : folders) {
            Folders.sync(folder);
        }
        if (!changed.isEmpty()) {
            state.saveRevision(revision);
        }
        for (Path journal : journals) {
            Files.deleteIfExists(journal);
        }
    }

    private void write(Ref ref) throws IOException {
        var object = tables.get(ref);
        if (object.isPresent()) {
            files.write(ref, object.get().tree());
        } else {
            files.delete(ref);
        }
    }

    private static void inParallel(List<Callable<Void>> work) throws IOException {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS,
                Thread.ofPlatform().name("cdi-state-", 0).daemon().factory())) {
            for (Future<Void> one : writers.invokeAll(work)) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing objects", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("Tried to write the objects but failed", e.getCause());
        }
    }
}
