package io.datavolume.importer.flow;

import io.datavolume.image.Access;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.compress.Compression;
import io.datavolume.image.compress.CompressionDetector;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.decode.DiskHead;
import io.datavolume.image.decode.MetadataReader;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.detect.FormatDetector;
import io.datavolume.image.detect.Layouts;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.TransferException;
import io.datavolume.image.partition.PartitionTable;
import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.progress.Progress.Stage;
import io.datavolume.importer.progress.ProgressListener;
import io.datavolume.importer.progress.ProgressReporter;
import io.datavolume.importer.progress.ProgressReporter.Figures;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks into a source and reads only what it needs. */
public final class Inspector {

    /** What is read of the tables unless all is asked for; a header and the tables of a 64 GiB qcow2 fit. */
    private static final long BUDGET = 3 << 19;
    private static final String CONTAINER = "container";
    private static final long DECODE_MEMORY = 64L << 20;

    private final TransferSpec.SourceSpec spec;
    private final Secrets secrets;
    private final boolean full;

    /** @param full whether large tables are read to their end */
    public Inspector(TransferSpec.SourceSpec spec, Secrets secrets, boolean full) {
        this.spec = spec;
        this.secrets = secrets;
        this.full = full;
    }

    /**
     * @param listener is told how much was read
     * @throws TransferException when the source cannot be read
     */
    public Inspection inspect(ProgressListener listener) throws TransferException {
        try (ProgressReporter reporter = new ProgressReporter(listener)) {
            return inspect(reporter);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw Failures.classify(Failures.traced(e));
        }
    }

    private Inspection inspect(ProgressReporter reporter) throws IOException {
        InspectionBuilder found = new InspectionBuilder();
        reporter.stage(Stage.CONNECTING);
        try (OpenedSource opened = SourceOpener.open(spec, secrets, false, found::note)) {
            Source source = opened.source();
            reporter.figures(new Figures(source::bytesReceived, () -> 0, source::bytesReceived, () -> -1));
            reporter.stage(Stage.INSPECTING);
            if (opened instanceof OpenedSource.Container container) {
                found.labels(container.metadata().volumeLabels());
                found.layer(CONTAINER);
                found.fact("image digest", container.metadata().digest());
                String architecture = container.metadata().architecture();
                found.fact("image architecture", architecture.isEmpty() ? "not stated" : architecture);
            }
            Optional<RangeReader> ranges = source.ranges();
            if (ranges.isPresent()) {
                ByteBuffer head = ImageTransfer.head(ranges.get());
                Optional<Compression> compression = found.guard(() -> CompressionDetector.detect(head.duplicate()))
                        .flatMap(c -> c);
                if (compression.isEmpty() && found.refusal().isEmpty()) {
                    inspectRanges(ranges.get(), head, found);
                    return found.build(source);
                }
            }
            if (found.refusal().isEmpty()) {
                inspectStream(source, full ? Optional.empty() : ranges, found);
            }
            if (full && found.refusal().isEmpty()) {
                found.guard(() -> {
                    opened.verify();
                    return true;
                });
            }
            return found.build(source);
        }
    }

    /**
     * The same as a worker tells it: format, compressions, virtual size (0 where only reading all would tell) and
     * labels. A refused image is a failure that only the user can mend. Every failure becomes a result.
     */
    public TransferResult result(ProgressListener listener) {
        long start = System.nanoTime();
        try (ProgressReporter reporter = new ProgressReporter(listener)) {
            TransferResult result = result(inspect(reporter), start);
            reporter.stage(Stage.COMPLETE);
            return result;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Failures.result(Failures.classify(Failures.traced(e)), 0, 0, seconds(start));
        }
    }

    private static TransferResult result(Inspection found, long start) {
        List<String> compressions = found.layers().stream()
                .filter(layer -> !layer.equals(CONTAINER) && !layer.equals(found.format())).toList();
        boolean refused = found.refusal().isPresent();
        return new TransferResult(refused ? Outcome.NEEDS_USER : Outcome.COMPLETE,
                found.refusal().orElse("Inspection Complete"),
                refused ? Optional.of(Reason.REFUSED_IMAGE.name()) : Optional.empty(), Optional.of(found.format()),
                String.join(",", compressions), Math.max(0, found.virtualSize()), found.bytesRead(), 0, 0,
                seconds(start), false, 0, found.labels(), Optional.empty(), Optional.empty());
    }

    private static double seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }

    private void inspectRanges(RangeReader reader, ByteBuffer head, InspectionBuilder found) throws IOException {
        OptionalLong length = OptionalLong.of(reader.length());
        Optional<Format> format = found.guard(
                () -> FormatDetector.detect(head, ImageTransfer.tail(reader), length, declared()));
        if (format.isEmpty()) {
            return;
        }
        DiskLayout layout = Layouts.open(format.get(), new Access(Access.Mode.RANDOM, length, Long.MAX_VALUE));
        DiskHead disk = new DiskHead(PartitionTable.HEAD_BYTES);
        found.guard(() -> {
            boolean complete = new MetadataReader(reader).feed(layout, mapping -> {
                disk.note(mapping);
                found.allocated(mapping);
            }, full ? Long.MAX_VALUE : BUDGET);
            if (complete) {
                layout.end(reader.length(), found::allocated);
            } else {
                found.notRead("tables from offset " + layout.wanted().getFirst().start()
                        + " on, which tell of allocated bytes and partitions: they are larger than what an inspection reads"
                        + " unasked; --full reads them");
            }
            return complete;
        });
        found.layout(layout);
        if (found.refusal().isEmpty()) {
            found.partitions(PartitionTable.read(disk.read(reader), layout.virtualSize()));
        }
    }

    /** Without random access only what stands at the beginning is looked at, unless all is asked for. */
    private void inspectStream(Source source, Optional<RangeReader> ranges, InspectionBuilder found)
            throws IOException {
        DecodeLimits limits = new DecodeLimits(DECODE_MEMORY, 1);
        Optional<SourceChain> opened = found.guard(
                () -> SourceChain.start(source,
                        ranges.isPresent() ? new GrowingRanges(ranges.get(), 0) : source.stream(0), Optional.empty(),
                        false, limits));
        if (opened.isEmpty()) {
            return;
        }
        try (SourceChain chain = opened.get()) {
            ImageStream.layers(chain.layers()).forEach(found::layer);
            ImageStream image = ImageStream.look(chain.stream());
            OptionalLong length = chain.layers().isEmpty() ? source.length() : OptionalLong.empty();
            Optional<Format> format = found.guard(() -> image.format(declared(), length));
            if (format.isEmpty()) {
                return;
            }
            DiskLayout layout = Layouts.open(format.get(), new Access(Access.Mode.FORWARD, length, Long.MAX_VALUE));
            found.guard(() -> new StreamInspection(layout, image.stream(), found).run((int) BUDGET, full));
            found.layout(layout);
        }
    }

    private Optional<Format> declared() throws IOException {
        return Transfer.format(spec.format());
    }
}
