package io.datavolume.image.decode;

import io.datavolume.image.DiskLayout;
import io.datavolume.image.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an image from a stream that is seen once. Data whose mapping is known goes to the volume as it passes;
 * what passes before its mapping is kept in the {@link Spill} and written when the mapping comes.
 */
public final class ForwardDriver {

    private static final int CHUNK = 1 << 20;

    /**
     * How to run.
     *
     * @param writers threads that inflate and write
     * @param buffers chunk buffers of 1 MiB, the bound on memory
     * @param mapFolder where the map of a finely fragmented image may overflow to, or null
     * @param compressed whether the stream is decompressed, so that a few bytes of a source can make it very long
     * @param footer whether the last sector of a raw stream is a fixed VHD's footer; null: it never is
     */
    public record Settings(int writers, int buffers, @Nullable Path mapFolder, boolean compressed,
            OpenEnd.@Nullable FooterTest footer) {}

    private final DiskLayout layout;
    private final Volume volume;
    private final Spill spill;
    private final ForwardJournal journal;
    private final Counters counters;
    private final Settings settings;

    public ForwardDriver(DiskLayout layout, Volume volume, Spill spill, ForwardJournal journal, Counters counters,
            Settings settings) {
        this.layout = layout;
        this.volume = volume;
        this.spill = spill;
        this.journal = journal;
        this.counters = counters;
        this.settings = settings;
    }

    /**
     * Reads the stream to its end and writes all data. The volume is not completed.
     *
     * @param in the image from {@code start} on
     * @param start 0, or the position of the last checkpoint of an earlier run whose spill was restored
     * @return the virtual size in bytes
     */
    public long run(InputStream in, long start) throws IOException {
        BufferPool buffers = new BufferPool(settings.buffers(), CHUNK, false);
        try (MappingQueue queue = new MappingQueue(RandomDriver.MAPPINGS_IN_MEMORY, settings.mapFolder());
                OpenMappings mappings = new OpenMappings(queue);
                PieceWriter writer = new PieceWriter(volume, counters);
                Pipeline pipeline = new Pipeline(settings.writers(), "cdi-write-");
                Checkpointer checkpointer = new Checkpointer(volume, spill, journal, pipeline)) {
            ForwardPass pass = new ForwardPass(layout, volume, spill, journal, counters, mappings,
                    new PieceTasks(writer, pipeline, spill), new OpenEnd(settings.footer()), start);
            ImageBound bound = new ImageBound(layout);
            byte[] carry = {};
            for (boolean more = true; more;) {
                BufferPool.Lease lease = buffers.take(carry.length + CHUNK);
                try {
                    more = fill(in, lease.buffer().put(carry));
                    carry = pass.take(lease, !more);
                } finally {
                    lease.release();
                }
                if (settings.compressed() && !pass.isOpenEnded()) {
                    bound.passed(pass.position());
                }
                long reached = pass.position() - carry.length;
                if (more && journal.isDue(reached)) {
                    checkpointer.checkpoint(reached);
                }
            }
            long size = pass.end();
            pipeline.awaitIdle();
            return size;
        }
    }

    /** @return false when the stream has ended */
    private static boolean fill(InputStream in, ByteBuffer buffer) throws IOException {
        int n = 0;
        while (n >= 0 && buffer.hasRemaining()) {
            n = in.read(buffer.array(), buffer.position(), buffer.remaining());
            buffer.position(buffer.position() + Math.max(n, 0));
        }
        buffer.flip();
        return n >= 0;
    }
}
