package io.datavolume.importer.flow;

import io.datavolume.image.Format;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.decode.Counters;
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
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
                return failed(Failures.classify(e));
            }
        }
    }

    private TransferResult transfer(ProgressReporter reporter) throws IOException {
        Optional<Checksum> checksum = spec.checksum().isPresent()
                ? Optional.of(Checksum.parse(spec.checksum().get()))
                : Optional.empty();
        Optional<Format> declared = format(spec.source().format());
        reporter.stage(Stage.CONNECTING);
        try (OpenedSource opened = SourceOpener.open(spec.source(), secrets, reporter::warning)) {
            try {
                return transfer(opened, declared, checksum, reporter);
            } finally {
                bytesRead = opened.source().bytesReceived();
            }
        }
    }

    private TransferResult transfer(OpenedSource opened, Optional<Format> declared, Optional<Checksum> checksum,
            ProgressReporter reporter) throws IOException {
        Optional<OpenTarget> found = OpenTarget.open(spec, opened.source().validator());
        if (found.isEmpty()) {
            return complete("Import Complete (an earlier run had completed it)", Optional.empty(), 0, opened);
        }
        try (OpenTarget target = found.get()) {
            try {
                return transfer(opened, target, declared, checksum, reporter);
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
        Moved moved = new ImageTransfer(target, counters, declared, checksum, limits).run(opened.source(),
                opened.parallelism());
        reporter.stage(Stage.VERIFYING);
        opened.verify();
        reporter.stage(Stage.SYNCING);
        long size = target.finalSize(moved.virtualSize());
        target.complete(size);
        reporter.stage(Stage.COMPLETE);
        bytesRead = opened.source().bytesReceived();
        return complete("Import Complete", Optional.of(moved), moved.virtualSize(), opened);
    }

    private Figures figures(Source source) {
        if (source instanceof ContainerSource container) {
            return new Figures(source::bytesReceived, counters::written, source::bytesReceived,
                    container::totalBytes);
        }
        return new Figures(source::bytesReceived, counters::written,
                () -> counters.planned() > 0 ? counters.done() : source.bytesReceived(),
                () -> counters.planned() > 0 ? counters.planned() : source.length().orElse(-1));
    }

    static Optional<Format> format(Optional<String> name) throws NeedsUserException {
        try {
            return name.map(n -> Format.valueOf(n.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(Reason.USAGE, "There is no format " + name.orElse("")
                    + "; use raw, iso, qcow2, vmdk, vhd, vhdx or vdi, or leave it out", e);
        }
    }

    private TransferResult failed(TransferException failure) {
        return switch (failure) {
            case RetryableException e -> failure(Outcome.RETRYABLE, e, Optional.empty(), 0);
            case NeedsUserException e -> failure(Outcome.NEEDS_USER, e, Optional.of(e.reason().name()), 0);
            case NeedsScratchException e -> failure(Outcome.NEEDS_SCRATCH, e, Optional.empty(), e.bytes());
        };
    }

    private TransferResult failure(Outcome outcome, TransferException failure, Optional<String> reason,
            long scratchBytes) {
        return new TransferResult(outcome, String.valueOf(failure.getMessage()), reason, Optional.empty(), "", 0,
                bytesRead, 0, counters.written(), seconds(), false, scratchBytes, Map.of(), Optional.empty(),
                Optional.empty());
    }

    private TransferResult complete(String message, Optional<Moved> moved, long virtualSize, OpenedSource opened) {
        Map<String, String> labels = opened instanceof OpenedSource.Container c
                ? c.metadata().volumeLabels()
                : Map.of();
        Optional<String> digest = opened instanceof OpenedSource.Container c
                ? Optional.of(c.metadata().digest().toString())
                : Optional.empty();
        return new TransferResult(Outcome.COMPLETE, message, Optional.empty(), moved.map(m -> m.format().id()),
                moved.map(m -> String.join(",", m.layers())).orElse(""), virtualSize,
                opened.source().bytesReceived(), moved.map(Moved::readTwice).orElse(0L), counters.written(), seconds(),
                !"off".equals(spec.target().preallocation()), 0, labels, digest, spec.checksum());
    }

    private double seconds() {
        return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
    }
}
