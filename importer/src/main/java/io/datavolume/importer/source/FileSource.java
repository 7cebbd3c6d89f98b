package io.datavolume.importer.source;

import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.volume.Volumes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A local file or block device. */
public final class FileSource implements Source {

    private final Path path;
    private final FileChannel channel;
    private final FileRanges ranges;
    private final Optional<String> validator;
    private final LongAdder received;

    private FileSource(Path path, FileChannel channel, FileRanges ranges, Optional<String> validator,
            LongAdder received) {
        this.path = path;
        this.channel = channel;
        this.ranges = ranges;
        this.validator = validator;
        this.received = received;
    }

    /** @throws NeedsUserException when there is no such file, it cannot be read, or it is a folder */
    public static FileSource open(Path path) throws IOException {
        String action = "Tried to open " + path;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new NeedsUserException(Reason.USAGE, action + " but it is a folder; name a file in it");
            }
            if (!attributes.isRegularFile() && !Volumes.isBlockDevice(path)) {
                throw new NeedsUserException(Reason.USAGE, action
                        + " but it is neither a file nor a block device; give a pipe as standard input");
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            LongAdder received = new LongAdder();
            Optional<String> validator = attributes.isRegularFile()
                    ? Optional.of("file " + attributes.size() + " "
                            + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey())
                    : Optional.empty();
            return new FileSource(path, channel, new FileRanges(path, channel, length(channel), received), validator,
                    received);
        } catch (NoSuchFileException e) {
            throw new NeedsUserException(Reason.NOT_FOUND, action + " but there is no such file; check the path", e);
        } catch (AccessDeniedException e) {
            throw new NeedsUserException(Reason.ACCESS_DENIED, action + " but may not read it; check its permissions",
                    e);
        }
    }

    /** The attributes give no size for a block device, the channel does. */
    private static long length(FileChannel channel) throws IOException {
        try {
            return channel.size();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String displayName() {
        return path.toString();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(ranges.length());
    }

    @Override
    public Optional<String> validator() {
        return validator;
    }

    /** @return a stream that is a {@link java.nio.channels.ReadableByteChannel} as well */
    @Override
    public InputStream stream(long offset) {
        return new FileStream(channel, offset, ranges.length(), received);
    }

    @Override
    public Optional<RangeReader> ranges() {
        return Optional.of(ranges);
    }

    @Override
    public long bytesReceived() {
        return received.sum();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            ranges.close();
        }
    }
}
