package io.datavolume.image.volume;

import com.sun.nio.file.ExtendedOpenOption;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.NativeFile;
import io.datavolume.image.os.Result;
import io.datavolume.image.volume.LazyNativeFile.Opener;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A disk in a file. It grows under a hidden name beside the target and takes the target's name as the last
 * step, so that a crash leaves no half disk behind. Zeros become holes where nothing else was written.
 * Thread-safe; a thread that is interrupted while it writes closes the volume for all, as the JDK's channels do.
 */
public final class FileVolume implements Volume {

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "rootfs");
    private static final int CHUNK = 1 << 20;

    private final Path target;
    private final VolumeOptions options;
    private final PartFile part;
    private final TargetChannel channel;
    private final LazyNativeFile natives;
    private final WrittenBlocks written;
    private final @Nullable WritebackWindow window;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean syncFailed;
    /** Whether every block must be written before the disk is complete. */
    private volatile boolean fill;

    private FileVolume(Path target, VolumeOptions options, PartFile part, Opener opener) throws IOException {
        this.target = target;
        this.options = options;
        this.part = part;
        this.natives = new LazyNativeFile(opener, part.path());
        this.written = new WrittenBlocks(part.channel().size());
        FileChannel direct = options.cacheMode() == CacheMode.DIRECT ? directChannel(part.path()) : null;
        this.channel = new TargetChannel(part.channel(), direct, 0);
        boolean unbounded = options.cacheMode() == CacheMode.WRITEBACK || inMemory(part.path());
        this.window = unbounded ? null : new WritebackWindow(natives::get, channel::force);
        this.fill = options.preallocation() == Preallocation.FULL;
    }

    /** Where the disk grows until it is complete: a hidden sibling of the file that the target names. */
    public static Path partFile(Path target) throws IOException {
        return PartFile.beside(Volumes.resolve(target));
    }

    /** Opens a file target, which need not exist; see {@link Volumes#open}. */
    public static FileVolume open(Path target, VolumeOptions options) throws IOException {
        return open(target, options, NativeFile::open);
    }

    static FileVolume open(Path target, VolumeOptions options, Opener opener) throws IOException {
        Path resolved = Volumes.resolve(target);
        requireReplaceable(resolved, options);
        PartFile part = PartFile.open(resolved);
        try {
            if (!options.resume()) {
                part.channel().truncate(0);
            }
            return new FileVolume(resolved, options, part, opener);
        } catch (IOException | RuntimeException e) {
            part.close();
            throw e;
        }
    }

    private static void requireReplaceable(Path target, VolumeOptions options) throws NeedsUserException {
        if (!options.force() && Files.exists(target)) {
            throw new NeedsUserException(Reason.TARGET, "Tried to write " + target
                    + " but it already exists; use --force to replace it, or choose another name");
        }
    }

    private static @Nullable FileChannel directChannel(Path path) throws IOException {
        try {
            if (Files.getFileStore(path).getBlockSize() > TargetChannel.alignment()) {
                return null;
            }
            return FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException e) {
            // tmpfs and others know no direct I/O; the mode is a wish, not a condition.
            return null;
        }
    }

    private static boolean inMemory(Path path) throws IOException {
        return IN_MEMORY.contains(Files.getFileStore(path).type());
    }

    @Override
    public long capacity() {
        return options.capacity();
    }

    /** Bytes that may still be written beside the target; {@link Long#MAX_VALUE} where nobody knows. */
    public long freeSpace() {
        return OutOfSpace.freeSpace(target);
    }

    @Override
    public void prepare(long size) throws IOException {
        VirtualSize.requireFits(size, capacity());
        requireOpen();
        try {
            switch (options.preallocation()) {
                case OFF -> grow(size);
                case FALLOC -> allocate(size);
                case FULL -> {
                    requireFree(size - channel.file().size());
                    grow(size);
                }
            }
        } catch (IOException e) {
            throw OutOfSpace.classify(e, target, size);
        }
    }

    private void allocate(long size) throws IOException {
        if (natives.get().allocate(0, size) == Result.UNSUPPORTED) {
            requireFree(size - channel.file().size());
            grow(size);
            fill = true;
        }
    }

    private void requireFree(long needed) throws IOException {
        long free = freeSpace();
        if (needed > free) {
            throw new NeedsUserException(Reason.NO_SPACE, free + " bytes are free");
        }
    }

    /** Makes the file at least this long without taking blocks. */
    private void grow(long size) throws IOException {
        FileChannel file = channel.file();
        if (file.size() >= size) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            // The one way in which the JDK lengthens a file without writing to it.
            file.map(FileChannel.MapMode.READ_WRITE, size - 1, 1, arena);
        } catch (IOException e) {
            if (file.size() < size) {
                file.write(ByteBuffer.allocate(1), size - 1);
            }
        }
        if (file.size() < size) {
            file.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public void write(long offset, ByteBuffer data) throws IOException {
        int length = data.remaining();
        requireRange(offset, length);
        try {
            if (options.preallocation() == Preallocation.FULL) {
                writeData(offset, data, data.position(), data.limit());
            } else {
                writeSparse(offset, data);
            }
        } catch (IOException e) {
            throw OutOfSpace.classify(e, target, length);
        }
        data.position(data.limit());
    }

    private void writeSparse(long offset, ByteBuffer data) throws IOException {
        int base = data.position();
        ZeroRuns.split(data, offset, 1, new ZeroRuns.Runs() {
            @Override
            public void data(int from, int to) throws IOException {
                writeData(offset + from - base, data, from, to);
            }

            @Override
            public void zeros(int from, int to) throws IOException {
                written.written(offset + from - base, offset + to - base, FileVolume.this::clear);
            }
        });
    }

    private void writeData(long offset, ByteBuffer data, int from, int to) throws IOException {
        if (from < to) {
            written.mark(offset, offset + to - from);
            channel.write(offset, data, from, to);
            noteWritten(offset, to - from);
        }
    }

    private void noteWritten(long offset, long length) throws IOException {
        if (window != null) {
            window.written(offset, length);
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        requireRange(offset, length);
        try {
            written.written(offset, offset + length, this::clear);
        } catch (IOException e) {
            throw OutOfSpace.classify(e, target, length);
        }
    }

    /** Makes a range read as zeros that may hold something else. */
    private void clear(long from, long to) throws IOException {
        long length = to - from;
        Result result = Result.UNSUPPORTED;
        if (length >= ZeroRuns.BLOCK) {
            result = switch (options.preallocation()) {
                case OFF -> natives.get().punchHole(from, length);
                case FALLOC -> natives.get().zeroRange(from, length);
                case FULL -> Result.UNSUPPORTED;
            };
        }
        if (result == Result.UNSUPPORTED) {
            writeZeros(from, to);
        }
    }

    private void writeZeros(long from, long to) throws IOException {
        for (long at = from; at < to;) {
            long count = Math.min(CHUNK, to - at);
            channel.writeZeros(at, count);
            noteWritten(at, count);
            at += count;
        }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        requireRange(offset, into.remaining());
        channel.read(offset, into);
    }

    @Override
    public void sync() throws IOException {
        requireOpen();
        try {
            channel.force();
        } catch (IOException e) {
            // The kernel reports lost pages once; a later sync that succeeds proves nothing.
            syncFailed = true;
            throw OutOfSpace.classify(e, target, 0);
        }
    }

    @Override
    public void complete(long size) throws IOException {
        VirtualSize.requireFits(size, capacity());
        requireOpen();
        try {
            channel.file().truncate(size);
            if (options.preallocation() == Preallocation.FALLOC) {
                allocate(size);
            }
            grow(size);
            if (fill) {
                fillHoles(size);
            }
        } catch (IOException e) {
            throw OutOfSpace.classify(e, target, size);
        }
        sync();
        if (options.permissions().isPresent()) {
            Files.setPosixFilePermissions(part.path(), options.permissions().get());
        }
        requireReplaceable(target, options);
        channel.file().force(true);
        part.publish(target);
        finished.set(true);
    }

    private void fillHoles(long size) throws IOException {
        NativeFile file = natives.get();
        for (long at = 0; at < size;) {
            long hole = file.seekHole(at);
            if (hole == Long.MAX_VALUE) {
                rewriteZeros(at, size);
                return;
            }
            if (hole >= size) {
                return;
            }
            at = Math.min(file.seekData(hole), size);
            writeZeros(hole, at);
        }
    }

    /** For systems that do not tell where holes are: what reads as zeros is written as zeros. */
    private void rewriteZeros(long from, long to) throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(CHUNK);
        for (long at = from; at < to; at += content.limit()) {
            content.clear().limit((int) Math.min(CHUNK, to - at));
            channel.read(at, content);
            long base = at;
            ZeroRuns.split(content.flip(), at, 1, new ZeroRuns.Runs() {
                @Override
                public void data(int start, int end) {}

                @Override
                public void zeros(int start, int end) throws IOException {
                    writeZeros(base + start, base + end);
                }
            });
        }
    }

    @Override
    public void discard() throws IOException {
        if (!finished.getAndSet(true)) {
            part.delete();
        }
        close();
    }

    private void requireRange(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
        VirtualSize.requireFits(offset + length, capacity());
        requireOpen();
    }

    private void requireOpen() throws IOException {
        if (finished.get() || closed.get()) {
            throw new IOException("Tried to use " + target + " but it is complete, discarded or closed");
        }
        if (syncFailed) {
            throw new IOException("Tried to use " + target
                    + " but an earlier sync failed and bytes may be lost: start the import afresh");
        }
    }

    /** Leaves an unfinished part file for a resumption, and the lock. */
    @Override
    public void close() throws IOException {
        if (!closed.getAndSet(true)) {
            try (PartFile locked = part; TargetChannel used = channel) {
                natives.close();
            }
        }
    }
}
