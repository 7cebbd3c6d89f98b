package io.datavolume.importer.flow;

import io.datavolume.image.Access;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.compress.Compression;
import io.datavolume.image.compress.DecodeLimits;
import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.decode.Counters;
import io.datavolume.image.decode.ForwardDriver;
import io.datavolume.image.decode.ForwardJournal;
import io.datavolume.image.decode.OpenEnd;
import io.datavolume.image.decode.Spill;
import io.datavolume.image.detect.Layouts;
import io.datavolume.image.vhd.VhdFooter;
import io.datavolume.importer.digest.Checksum;
import io.datavolume.importer.journal.JournalRecord;
import io.datavolume.importer.journal.PassJournal;
import io.datavolume.importer.journal.SyncBudget;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Moves an image from a source that is read from its beginning to its end: compressed, checksummed, or a pipe. */
final class StreamTransfer {

    private static final int BUFFERS = 8;

    private final OpenTarget target;
    private final Counters counters;
    private final Optional<Format> declared;
    private final Optional<Checksum> checksum;
    private final DecodeLimits limits;
    private final Parallelism parallelism = Parallelism.local();

    StreamTransfer(OpenTarget target, Counters counters, Optional<Format> declared, Optional<Checksum> checksum,
            DecodeLimits limits) {
        this.target = target;
        this.counters = counters;
        this.declared = declared;
        this.checksum = checksum;
        this.limits = limits;
    }

    Moved run(Source source) throws IOException {
        Optional<JournalRecord.Position> position = target.last(JournalRecord.Position.class);
        Optional<JournalRecord.Image> image = target.last(JournalRecord.Image.class);
        if (position.isPresent() && image.isPresent()) {
            Spill spill = target.newSpill();
            SourceChain chain = restored(source, spill, position.get(), image.get());
            if (chain != null) {
                return resume(source, chain, spill, position.get(), image.get());
            }
        }
        return start(source);
    }

    private @Nullable SourceChain restored(Source source, Spill spill, JournalRecord.Position position,
            JournalRecord.Image image) throws IOException {
        try {
            spill.restore(position.spill());
            List<Compression> layers = image.compressions().stream().map(Compression::valueOf).toList();
            List<RestartPoint> points = position.stages().stream()
                    .map(s -> new RestartPoint(s.upstream(), s.offset(), s.state())).toList();
            return SourceChain.resume(source, checksum, layers, points, position.position(), limits);
        } catch (IllegalArgumentException e) {
            // A journal that cannot be followed costs a new start, nothing else.
            spill.delete();
            return null;
        }
    }

    private Moved resume(Source source, SourceChain chain, Spill spill, JournalRecord.Position position,
            JournalRecord.Image image) throws IOException {
        try (chain; spill) {
            Format format = Format.valueOf(image.format());
            DiskLayout layout = Layouts.open(format,
                    access(chain.layers().isEmpty() ? source.length() : OptionalLong.empty()));
            long size = drive(source, chain, layout, spill, chain.stream(), position.position());
            return new Moved(format, ImageStream.layers(chain.layers()), size,
                    Math.max(0, position.reached() - chain.restartedAt()));
        }
    }

    private Moved start(Source source) throws IOException {
        boolean journaled = target.journal().isPresent() && SourceChain.canRestart(source);
        try (SourceChain chain = SourceChain.start(source, checksum, journaled, limits);
                Spill spill = target.newSpill()) {
            ImageStream image = ImageStream.look(chain.stream());
            OptionalLong length = chain.layers().isEmpty() ? source.length() : OptionalLong.empty();
            Format format = image.format(declared, length);
            if (target.journal().isPresent() && journaled) {
                target.journal().get().append(new JournalRecord.Image(format.name(),
                        chain.layers().stream().map(Enum::name).toList()));
            }
            DiskLayout layout = Layouts.open(format, access(length));
            long size = drive(source, chain, layout, spill, image.stream(), 0);
            return new Moved(format, ImageStream.layers(chain.layers()), size, 0);
        }
    }

    private Access access(OptionalLong length) {
        return new Access(Access.Mode.FORWARD, length, target.volume().capacity());
    }

    private long drive(Source source, SourceChain chain, DiskLayout layout, Spill spill, InputStream stream,
            long position) throws IOException {
        ForwardJournal journal = target.journal().isPresent() && SourceChain.canRestart(source)
                ? new PassJournal(target.journal().get(), SyncBudget.of(source.length().orElse(-1)),
                        chain::restartPoints, chain::reached, position)
                : ForwardJournal.NONE;
        ForwardDriver driver = new ForwardDriver(layout, target.volume(), spill, journal, counters,
                new ForwardDriver.Settings(parallelism.decoders(), BUFFERS, target.mapFolder(),
                        !chain.layers().isEmpty(), footer(layout)));
        long size = Blame.where(() -> driver.run(stream, position), chain::verify);
        chain.verify();
        return size;
    }

    /** A stream that begins like a raw disk may be a fixed VHD, unless the user says that it is raw. */
    private OpenEnd.@Nullable FooterTest footer(DiskLayout layout) {
        return layout.format() != Format.RAW || declared.isPresent()
                ? null
                : (last, before) -> VhdFooter.fixedDiskSize(last).equals(OptionalLong.of(before));
    }
}
