package io.datavolume.importer.flow;

import io.datavolume.image.decode.Spill;
import io.datavolume.image.failure.ImageTooLargeException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.volume.CacheMode;
import io.datavolume.image.volume.Preallocation;
import io.datavolume.image.volume.Volume;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.image.volume.Volumes;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.journal.JournalFile;
import io.datavolume.importer.journal.JournalRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target that is locked and ready to be filled, with the journal of an earlier run where that one fits. */
final class OpenTarget implements Closeable {

    /** Changes when journals of earlier releases can no longer be followed. */
    private static final int JOURNAL_VERSION = 3;
    private static final long SPILL_MEMORY = 24L << 20;

    private final TransferSpec spec;
    private final TargetFiles files;
    private final TargetRoom room;
    private final @Nullable JournalFile journal;
    private final Volume volume;
    private final List<JournalRecord> records;
    private boolean complete;

    private OpenTarget(TransferSpec spec, TargetFiles files, TargetRoom room, @Nullable JournalFile journal,
            Volume volume, List<JournalRecord> records) {
        this.spec = spec;
        this.files = files;
        this.room = room;
        this.journal = journal;
        this.volume = volume;
        this.records = records;
    }

    /**
     * @param validator of the source; without one nothing is journaled
     * @return empty when an earlier run had completed the target and only its journal was left
     */
    static Optional<OpenTarget> open(TransferSpec spec, Optional<String> validator) throws IOException {
        Path target = Path.of(spec.target().path());
        TargetFiles files = TargetFiles.of(target, spec.resume().folder().map(Path::of));
        if (!spec.resume().enabled() || validator.isEmpty() || files.journal().isEmpty()) {
            files.journal().ifPresent(OpenTarget::forget);
            removeLost(spec, files);
            TargetRoom room = TargetRoom.of(spec.target(), files);
            return Optional.of(
                    new OpenTarget(spec, files, room, null, volume(spec, target, room, false), List.of()));
        }
        JournalFile journal = JournalFile.open(files.journal().get());
        try {
            return resume(spec, files, journal, validator.get());
        } catch (IOException | RuntimeException e) {
            if (journal.found().isEmpty()) {
                journal.delete();
            }
            journal.close();
            throw e;
        }
    }

    private static void forget(Path journal) {
        // A journal that is not followed must not be followed later either: the target changes under it.
        journal.toFile().delete();
    }

    private static Optional<OpenTarget> resume(TransferSpec spec, TargetFiles files, JournalFile journal,
            String validator) throws IOException {
        List<JournalRecord> found = journal.found();
        Optional<String> part = TargetFiles.identity(files.part());
        boolean fits = part.isPresent() && !found.isEmpty()
                && found.getFirst().equals(header(spec, validator, part.get()));
        if (!fits && wasCompleted(spec, files, found, validator)) {
            journal.delete();
            journal.close();
            return Optional.empty();
        }
        removeLost(spec, files);
        TargetRoom room = TargetRoom.of(spec.target(), files);
        Volume volume = volume(spec, files.target(), room, fits);
        if (!fits) {
            journal.reset();
            journal.append(header(spec, validator, TargetFiles.identity(files.part()).orElse("")));
        }
        return Optional.of(new OpenTarget(spec, files, room, journal, volume, fits ? found : List.of()));
    }

    /** Whether the run that left the journal had renamed the part file and only could not remove the journal. */
    private static boolean wasCompleted(TransferSpec spec, TargetFiles files, List<JournalRecord> found,
            String validator) throws IOException {
        Optional<String> target = TargetFiles.identity(files.target());
        return !files.device() && target.isPresent() && !found.isEmpty()
                && found.getLast() instanceof JournalRecord.Complete
                && found.getFirst().equals(header(spec, validator, target.get()));
    }

    private static JournalRecord header(TransferSpec spec, String validator, String identity) {
        return new JournalRecord.Header(JOURNAL_VERSION, validator, identity,
                "format=" + spec.source().format().orElse("auto") + " checksum=" + spec.checksum().orElse("none")
                        + " platform=" + spec.source().platform().orElse("auto"));
    }

    /** Once complete, a disk whose result nobody has seen is made again: whether it is whole cannot be told. */
    private static void removeLost(TransferSpec spec, TargetFiles files) throws IOException {
        if (spec.target().owned() && !files.device() && Files.isRegularFile(files.target())) {
            Files.delete(files.target());
        }
    }

    private static Volume volume(TransferSpec spec, Path target, TargetRoom room, boolean resume) throws IOException {
        TransferSpec.TargetSpec order = spec.target();
        VolumeOptions options = VolumeOptions.DEFAULT
                .withPreallocation(Preallocation.valueOf(order.preallocation().toUpperCase(Locale.ROOT)))
                .withCacheMode(CacheMode.valueOf(order.cache().toUpperCase(Locale.ROOT)))
                .withCapacity(room.capacity()).withResume(resume).withForce(order.force());
        return Volumes.open(target, order.mode().isPresent()
                ? options.withPermissions(FileMode.permissions(order.mode().get()))
                : options);
    }

    /** Largest disk that is accepted, in bytes. */
    long capacity() {
        return volume.capacity();
    }

    boolean isDevice() {
        return files.device();
    }

    Volume volume() {
        return volume;
    }

    /** The journal, if one is kept. */
    Optional<JournalFile> journal() {
        return Optional.ofNullable(journal);
    }

    /** The last record of a kind that an earlier run left. */
    <T extends JournalRecord> Optional<T> last(Class<T> kind) {
        return records.reversed().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Final size, when an earlier run had written, verified and synced everything. */
    Optional<Long> completedSize() {
        return last(JournalRecord.Complete.class).map(JournalRecord.Complete::size);
    }

    /** Where the map of a finely fragmented image may overflow to; null for nowhere. */
    @Nullable
    Path mapFolder() {
        return spec.scratchFolder().map(Path::of).orElseGet(() -> files.spill().map(Path::getParent).orElse(null));
    }

    /** The same failure, with the size to ask for. */
    NeedsUserException advised(ImageTooLargeException failure) {
        return new NeedsUserException(failure.reason(), failure.getMessage() + ": at least "
                + room.volumeFor(failure.virtualSize(), spec.target()), failure);
    }

    /** Room for what passes before its place is known: memory, beside the target, the scratch folder. */
    Spill newSpill() throws IOException {
        List<Spill.Area> areas = new ArrayList<>();
        if (files.spill().isPresent()) {
            Path file = files.spill().get();
            areas.add(Spill.Area.besideTarget(file, Files.getFileStore(files.part()).getUsableSpace()));
        }
        if (spec.scratchFolder().isPresent()) {
            Path folder = Path.of(spec.scratchFolder().get());
            areas.add(Spill.Area.elsewhere(spillIn(folder), Files.getFileStore(folder).getUsableSpace()));
        }
        if (journal == null || last(JournalRecord.Position.class).isEmpty()) {
            deleteSpill();
        }
        return new Spill(SPILL_MEMORY, areas);
    }

    private Path spillIn(Path folder) {
        return folder.resolve(TargetFiles.named(files.part()) + ".spill");
    }

    /** Also that of an earlier run. */
    private void deleteSpill() throws IOException {
        if (files.spill().isPresent()) {
            Files.deleteIfExists(files.spill().get());
        }
        if (spec.scratchFolder().isPresent()) {
            Files.deleteIfExists(spillIn(Path.of(spec.scratchFolder().get())));
        }
    }

    /**
     * Final size of the disk: the image's, or the requested one where that is larger.
     *
     * @param virtualSize bytes
     */
    long finalSize(long virtualSize) {
        return Math.max(virtualSize, room.wanted());
    }

    /**
     * Makes the target complete. What was kept aside goes after the journal says so, and the journal last: a run that
     * is killed in between is gone on with.
     */
    void complete(long size) throws IOException {
        if (journal != null) {
            volume.sync();
            journal.append(new JournalRecord.Complete(size));
        }
        volume.complete(files.device() ? Math.min(size, volume.capacity()) : size);
        complete = true;
        deleteSpill();
        if (journal != null) {
            journal.delete();
        }
    }

    /** Erases everything: the image was refused, or a resumption is not wanted. */
    void discard() throws IOException {
        volume.discard();
        deleteSpill();
        complete = true;
        if (journal != null) {
            journal.delete();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!complete && journal == null) {
                volume.discard();
                deleteSpill();
            }
            volume.close();
        } finally {
            if (journal != null) {
                journal.close();
            }
        }
    }
}
