package io.datavolume.image.volume;

import com.sun.nio.file.ExtendedOpenOption;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.NativeFile;
import io.datavolume.image.os.Result;
import io.datavolume.image.volume.LazyNativeFile.Opener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A disk on a block device. Whatever the device held is overwritten: zeros are made by BLKZEROOUT, ZERO_RANGE or
 * by writing them, never by discarding, since a discarded range may read as anything.
 */
public final class DeviceVolume implements Volume {

    /** Shorter runs of zeros are cheaper written than zeroed. */
    private static final int SHORTEST_ZEROS = 64 << 10;
    /** Shorter writes are left to the cache and its elevator. */
    private static final int SMALLEST_DIRECT = 128 << 10;
    private static final long CHUNK = 1L << 30;
    private static final int ALIGNMENT = 4096;

    private final Path device;
    private final long size;
    private final VolumeOptions options;
    private final NativeFile natives;
    private final TargetChannel channel;
    private final @Nullable WritebackWindow window;
    private final AtomicLong writtenEnd = new AtomicLong();
    private volatile boolean zeroOutWorks = true;
    private volatile boolean syncFailed;

    private DeviceVolume(Path device, VolumeOptions options, NativeFile natives, FileChannel buffered)
            throws IOException {
        this.device = device;
        this.options = options;
        this.natives = natives;
        var known = natives.deviceSize();
        this.size = known.isPresent() ? known.getAsLong() : buffered.size();
        boolean cached = options.cacheMode() == CacheMode.WRITEBACK;
        this.channel = new TargetChannel(buffered, cached ? null : directChannel(device),
                options.cacheMode() == CacheMode.DIRECT ? 0 : SMALLEST_DIRECT);
        this.window = cached ? null : new WritebackWindow(() -> natives, channel::force);
    }

    /**
     * Opens a device exclusively.
     *
     * @throws NeedsUserException with reason TARGET when it is mounted, open elsewhere, or cannot be written
     */
    public static DeviceVolume open(Path device, VolumeOptions options) throws IOException {
        return open(device, options, NativeFile::open);
    }

    static DeviceVolume open(Path device, VolumeOptions options, Opener opener) throws IOException {
        NativeFile natives = exclusive(device, opener);
        FileChannel buffered = null;
        try {
            buffered = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (buffered.tryLock() == null) {
                throw busy(device, null);
            }
            DeviceVolume volume = new DeviceVolume(device, options, natives, buffered);
            volume.requireRoom();
            return volume;
        } catch (OverlappingFileLockException | IOException e) {
            natives.close();
            if (buffered != null) {
                buffered.close();
            }
            throw e instanceof IOException failure ? failure : busy(device, e);
        }
    }

    private static NativeFile exclusive(Path device, Opener opener) throws IOException {
        try {
            return opener.open(device, NativeFile.Mode.EXCLUSIVE);
        } catch (NeedsUserException e) {
            throw e.reason() == Reason.TARGET ? busy(device, e) : e;
        } catch (IOException e) {
            if (Files.isWritable(device)) {
                throw e;
            }
            throw new NeedsUserException(Reason.TARGET, "Tried to write the device " + device
                    + " but this user may not: change its permissions", e);
        }
    }

    private static NeedsUserException busy(Path device, @Nullable Exception cause) {
        return new NeedsUserException(Reason.TARGET, "Tried to write the device " + device
                + " but it is in use (mounted, part of another device, or being written by another process): release it",
                cause);
    }

    private static @Nullable FileChannel directChannel(Path device) {
        try {
            return FileChannel.open(device, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** A size that was asked for and cannot be had is no wish to pass over. */
    private void requireRoom() throws NeedsUserException {
        if (options.capacity() != Long.MAX_VALUE && options.capacity() > size) {
            throw new NeedsUserException(Reason.TOO_LARGE, "Tried to make a disk of " + options.capacity()
                    + " bytes on the device " + device + " but that has " + size
                    + " bytes: leave the size out to use what is there, or take a larger device");
        }
    }

    /** The device's size, or less where the options limit it. */
    @Override
    public long capacity() {
        return Math.min(size, options.capacity());
    }

    @Override
    public void prepare(long virtualSize) throws IOException {
        VirtualSize.requireFits(virtualSize, capacity());
    }

    @Override
    public void write(long offset, ByteBuffer data) throws IOException {
        requireRange(offset, data.remaining());
        writtenEnd.accumulateAndGet(offset + data.remaining(), Math::max);
        int base = data.position();
        ZeroRuns.split(data, offset, SHORTEST_ZEROS, new ZeroRuns.Runs() {
            @Override
            public void data(int from, int to) throws IOException {
                channel.write(offset + from - base, data, from, to);
                noteWritten(offset + from - base, to - from);
            }

            @Override
            public void zeros(int from, int to) throws IOException {
                clear(offset + from - base, to - from);
            }
        });
        data.position(data.limit());
    }

    private void noteWritten(long offset, long length) throws IOException {
        if (window != null) {
            window.written(offset, length);
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        requireRange(offset, length);
        clear(offset, length);
    }

    private void clear(long offset, long length) throws IOException {
        long end = offset + length;
        long from = Math.min(end, offset + (-offset & (ALIGNMENT - 1)));
        long to = Math.max(from, end & -(long) ALIGNMENT);
        writeZeros(offset, from);
        for (long at = from; at < to;) {
            long count = Math.min(CHUNK, to - at);
            clearAligned(at, count);
            at += count;
        }
        writeZeros(to, end);
    }

    private void clearAligned(long offset, long length) throws IOException {
        if (zeroOutWorks) {
            if (natives.zeroOut(offset, length) == Result.DONE || natives.zeroRange(offset, length) == Result.DONE) {
                return;
            }
            zeroOutWorks = false;
        }
        writeZeros(offset, offset + length);
    }

    private void writeZeros(long from, long to) throws IOException {
        for (long at = from; at < to;) {
            long count = Math.min(WritebackWindow.WINDOW, to - at);
            channel.writeZeros(at, count);
            noteWritten(at, count);
            at += count;
        }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        Objects.checkFromIndexSize(offset, target.remaining(), size);
        channel.read(offset, target);
    }

    @Override
    public void sync() throws IOException {
        if (syncFailed) {
            throw new IOException("Tried to sync the device " + device
                    + " but an earlier sync failed and bytes may be lost: start the import afresh");
        }
        try {
            channel.force();
        } catch (IOException e) {
            syncFailed = true;
            throw e;
        }
    }

    @Override
    public void complete(long virtualSize) throws IOException {
        VirtualSize.requireFits(virtualSize, capacity());
        clear(virtualSize, size - virtualSize);
        sync();
    }

    @Override
    public void discard() throws IOException {
        clear(0, writtenEnd.get());
        sync();
        close();
    }

    private void requireRange(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
        VirtualSize.requireFits(offset + length, capacity());
    }

    @Override
    public void close() throws IOException {
        try (NativeFile exclusive = natives) {
            channel.close();
        }
    }
}
