package io.datavolume.importer.flow;

import io.datavolume.image.Format;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.failure.ImageTooLargeException;
import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.digest.Checksum;
import io.datavolume.importer.progress.Progress.Stage;
import io.datavolume.importer.progress.ProgressListener;
import io.datavolume.importer.progress.ProgressReporter;
import io.datavolume.importer.progress.ProgressReporter.Figures;
import io.datavolume.importer.registry.ImageMetadata;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One import from its order to a complete, durable disk. */
public final class Transfer {

    private static final long DECODE_MEMORY = 64L << 20;

    private final TransferSpec spec;
    private final Secrets secrets;
    private final ProgressListener listener;
    private final Counters counters = new Counters();
    private final long startNanos = System.nanoTime();
    private long bytesRead;

    public Transfer(TransferSpec spec, Secrets secrets, ProgressListener listener) {
        this.spec = spec;
        this.secrets = secrets;
        this.listener = listener;
    }

    /** Runs to the end; every failure becomes a result, none is thrown. */
    public TransferResult run() {
        try (ProgressReporter reporter = new ProgressReporter(listener)) {
            try {
                return transfer(reporter);
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                return Failures.result(Failures.classify(Failures.traced(e)), bytesRead, counters.written(),
                        seconds());
            }
        }
    }

    private TransferResult transfer(ProgressReporter reporter) throws IOException {
        Optional<Checksum> checksum = spec.checksum().isPresent()
                ? Optional.of(Checksum.parse(spec.checksum().get()))
                : Optional.empty();
        Optional<Format> declared = format(spec.source().format());
        if (BlankDisk.isOrdered(spec)) {
            return blank(reporter);
        }
        reporter.stage(Stage.CONNECTING);
        try (OpenedSource opened = SourceOpener.open(spec.source(), secrets, spec.resume().enabled(),
                reporter::warning)) {
            try {
                return transfer(opened, declared, checksum, reporter);
            } finally {
                bytesRead = opened.source().bytesReceived();
            }
        }
    }

    private TransferResult blank(ProgressReporter reporter) throws IOException {
        reporter.stage(Stage.TRANSFERRING);
        long size;
        try (OpenTarget target = OpenTarget.open(spec, Optional.empty()).orElseThrow()) {
            AtomicLong zeroed = new AtomicLong();
            reporter.figures(new Figures(() -> 0, () -> 0, zeroed::get, target::capacity));
            size = BlankDisk.make(target, spec, zeroed::set);
        }
        reporter.stage(Stage.COMPLETE);
        return complete("Import Complete", Optional.of(new Moved(Format.RAW, List.of(), size, 0)), size,
                Optional.empty());
    }

    private TransferResult transfer(OpenedSource opened, Optional<Format> declared, Optional<Checksum> checksum,
            ProgressReporter reporter) throws IOException {
        Optional<OpenTarget> found = OpenTarget.open(spec, opened.source().validator());
        if (found.isEmpty()) {
            return complete("Import Complete (an earlier run had completed it)", Optional.empty(),
                    Files.size(Path.of(spec.target().path())), opened);
        }
        try (OpenTarget target = found.get()) {
            try {
                return transfer(opened, target, declared, checksum, reporter);
            } catch (ImageTooLargeException e) {
                target.discard();
                throw target.advised(e);
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (!isResumable(Failures.classify(e))) {
                    target.discard();
                }
                throw e;
            }
        }
    }

    /** Whether a later run may go on with what is in the target. */
    private static boolean isResumable(TransferException failure) {
        return switch (failure) {
            case RetryableException e -> true;
            case NeedsScratchException e -> false;
            case NeedsUserException e -> switch (e.reason()) {
                case ACCESS_DENIED, NOT_FOUND, NO_SPACE, TARGET, USAGE -> true;
                case REFUSED_IMAGE, CHECKSUM, SOURCE_CHANGED, TOO_LARGE -> false;
            };
        };
    }

    private TransferResult transfer(OpenedSource opened, OpenTarget target, Optional<Format> declared,
            Optional<Checksum> checksum, ProgressReporter reporter) throws IOException {
        Optional<Long> complete = target.completedSize();
        if (complete.isPresent()) {
            target.complete(complete.get());
            return complete("Import Complete (an earlier run had read it)", Optional.empty(), complete.get(), opened);
        }
        reporter.figures(figures(opened.source()));
        reporter.stage(Stage.TRANSFERRING);
        DecodeLimits limits = new DecodeLimits(DECODE_MEMORY, opened.parallelism().decoders());
        ImageTransfer transfer = new ImageTransfer(target, counters, declared, checksum, limits);
        Moved moved = Blame.where(() -> transfer.run(opened.source(), opened.parallelism()), opened::verifyBytes);
        reporter.stage(Stage.VERIFYING);
        opened.verify();
        reporter.stage(Stage.SYNCING);
        long size = target.finalSize(moved.virtualSize());
        target.complete(size);
        reporter.stage(Stage.COMPLETE);
        return complete("Import Complete", Optional.of(moved), moved.virtualSize(), opened);
    }

    private Figures figures(Source source) {
        if (source instanceof ContainerSource container) {
            return new Figures(source::bytesReceived, counters::written, source::bytesReceived,
                    container::totalBytes);
        }
        return new Figures(source::bytesReceived, counters::written,
                () -> counters.planned() > 0 ? counters.done() : onceOnly(source),
                () -> counters.planned() > 0 ? counters.planned() : source.length().orElse(-1));
    }

    /** What is read again after a cut is no progress. */
    private static long onceOnly(Source source) {
        return Math.min(source.bytesReceived(), source.length().orElse(Long.MAX_VALUE));
    }

    static Optional<Format> format(Optional<String> name) throws NeedsUserException {
        try {
            return name.map(n -> Format.valueOf(n.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(Reason.USAGE, "There is no format " + name.orElse("")
                    + "; use raw, iso, qcow2, vmdk, vhd, vhdx or vdi, or leave it out", e);
        }
    }

    private TransferResult complete(String message, Optional<Moved> moved, long virtualSize, OpenedSource opened) {
        bytesRead = opened.source().bytesReceived();
        return complete(message, moved, virtualSize, opened instanceof OpenedSource.Container container
                ? Optional.of(container.metadata())
                : Optional.empty());
    }

    private TransferResult complete(String message, Optional<Moved> moved, long virtualSize,
            Optional<ImageMetadata> container) {
        return new TransferResult(Outcome.COMPLETE, message, Optional.empty(), moved.map(m -> m.format().id()),
                moved.map(m -> String.join(",", m.layers())).orElse(""), virtualSize, bytesRead,
                moved.map(Moved::readTwice).orElse(0L), counters.written(), seconds(),
                !"off".equals(spec.target().preallocation()), 0,
                container.map(ImageMetadata::volumeLabels).orElse(Map.of()), container.map(c -> c.digest().toString()),
                spec.checksum(), container.map(ImageMetadata::architecture).filter(text -> !text.isEmpty()));
    }

    private double seconds() {
        return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
    }
}
