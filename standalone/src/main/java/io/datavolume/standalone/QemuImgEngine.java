package io.datavolume.standalone;

import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.volume.FileVolume;
import io.datavolume.image.volume.Preallocation;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.flow.Inspection;
import io.datavolume.importer.flow.Inspector;
import io.datavolume.importer.progress.Progress.Stage;
import io.datavolume.importer.progress.ProgressListener;
import io.datavolume.importer.progress.ProgressReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The second engine: our inspection decides whether and as what the image is read, {@code qemu-img} reads it, and
 * the target is reserved, locked, completed and named as with the first engine.
 */
final class QemuImgEngine {

    private final TransferSpec spec;
    private final Path target;

    QemuImgEngine(TransferSpec spec) {
        this.spec = spec;
        this.target = Path.of(spec.target().path());
    }

    TransferResult run(ProgressListener listener, Interruption interruption) throws IOException {
        long begin = System.nanoTime();
        try {
            QemuImg program = QemuImg.find(System.getenv("PATH"));
            requireFile();
            return convert(program, inspect(listener), listener, interruption, begin);
        } catch (NeedsScratchException e) {
            return result(Outcome.NEEDS_SCRATCH, String.valueOf(e.getMessage()), Optional.empty(), Optional.empty(), 0,
                    0, begin,
                    e.bytes());
        } catch (NeedsUserException e) {
            return failed(String.valueOf(e.getMessage()), Optional.of(e.reason()), begin);
        } catch (NoSuchFileException e) {
            return failed("Tried to open " + e.getFile() + " but it does not exist", Optional.of(Reason.NOT_FOUND),
                    begin);
        } catch (RetryableException | QemuImg.FailedException e) {
            return failed(String.valueOf(e.getMessage()), Optional.empty(), begin);
        }
    }

    private TransferResult convert(QemuImg program, Inspection image, ProgressListener listener,
            Interruption interruption, long begin) throws IOException {
        long size = Math.max(image.virtualSize(), spec.target().size().orElse(0L));
        reserve(image.virtualSize());
        try (ProgressReporter reporter = new ProgressReporter(listener)) {
            reporter.stage(Stage.TRANSFERRING);
            program.convert(image.format(), Path.of(spec.source().location()), FileVolume.partFile(target),
                    image.virtualSize(), reporter, interruption::take);
            reporter.stage(Stage.SYNCING);
            publish(size);
            reporter.stage(Stage.COMPLETE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(FileVolume.partFile(target));
            throw e;
        }
        long read = Files.size(Path.of(spec.source().location()));
        return result(Outcome.COMPLETE, "Import Complete", Optional.empty(), Optional.of(image), size, read, begin, 0);
    }

    private void requireFile() throws NeedsUserException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw Main.usage("The engine qemu-img writes regular files only: use the builtin engine for " + target);
        }
    }

    private Inspection inspect(ProgressListener listener) throws IOException {
        Inspection image = new Inspector(spec.source(), Secrets.NONE, true).inspect(listener);
        if (image.refusal().isPresent()) {
            throw new NeedsUserException(Reason.REFUSED_IMAGE, image.refusal().get());
        }
        if (image.layers().size() > 1) {
            throw Main.usage("The engine qemu-img reads no compressed or packed images, and this one is "
                    + String.join(" > ", image.layers()) + ": use the builtin engine, or unpack it first");
        }
        VirtualSize.requireFits(image.virtualSize(), spec.target().size().orElse(Long.MAX_VALUE));
        return image;
    }

    /** Fails early where the target may not be written or has no room. */
    private void reserve(long size) throws IOException {
        try (FileVolume volume = FileVolume.open(target, options())) {
            volume.prepare(size);
        }
    }

    private void publish(long size) throws IOException {
        try (FileVolume volume = FileVolume.open(target, options().withResume(true))) {
            volume.prepare(size);
            volume.complete(size);
        }
    }

    private VolumeOptions options() {
        TransferSpec.TargetSpec order = spec.target();
        return VolumeOptions.DEFAULT
                .withPreallocation(Preallocation.valueOf(order.preallocation().toUpperCase(Locale.ROOT)))
                .withCapacity(order.size().orElse(Long.MAX_VALUE)).withForce(order.force());
    }

    private static TransferResult failed(String message, Optional<Reason> reason, long begin) {
        return result(Outcome.NEEDS_USER, message, reason, Optional.empty(), 0, 0, begin, 0);
    }

    private static TransferResult result(Outcome outcome, String message, Optional<Reason> reason,
            Optional<Inspection> image, long size, long read, long begin, long scratch) {
        long written = image.map(Inspection::allocatedBytes).filter(bytes -> bytes >= 0).orElse(size);
        return new TransferResult(outcome, message, reason.map(Reason::name), image.map(Inspection::format), "", size,
                read, 0, written, (System.nanoTime() - begin) / 1e9, false, scratch, Map.of(), Optional.empty(),
                Optional.empty());
    }
}
