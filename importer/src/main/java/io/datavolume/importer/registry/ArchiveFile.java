package io.datavolume.importer.registry;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An uncompressed tar archive of an image, read by offsets and never unpacked.
 *
 * @param path of the archive
 * @param channel open for reading
 * @param index where its files are
 */
record ArchiveFile(Path path, FileChannel channel, TarIndex index) implements Closeable {

    static ArchiveFile open(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path);
        } catch (NoSuchFileException e) {
            throw new NeedsUserException(NeedsUserException.Reason.NOT_FOUND,
                    "Could not open image archive " + path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new NeedsUserException(NeedsUserException.Reason.ACCESS_DENIED,
                    "Could not open image archive " + path + ": permission denied", e);
        }
        try {
            refuseCompressed(path, channel);
            return new ArchiveFile(path, channel, TarIndex.read(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The whole of a small file of the archive. */
    byte[] document(String name) throws IOException {
        ByteRange place = place(name);
        if (place.length() > Json.MAX_BYTES) {
            throw ContainerCheck.MANIFEST.refuse(place.length(), name + " in the archive is larger than "
                    + Json.MAX_BYTES + " bytes");
        }
        ByteBuffer content = ByteBuffer.allocate((int) place.length());
        while (content.hasRemaining()) {
            if (channel.read(content, place.start() + content.position()) < 0) {
                throw new EOFException("the archive became shorter while it was read");
            }
        }
        return content.array();
    }

    /** A file of the archive as a blob. */
    ArchiveBlob blob(String name, Digest digest) throws IOException {
        return new ArchiveBlob(path.getFileName() + " " + name, channel, place(name), digest, new LongAdder());
    }

    ByteRange place(String name) throws NeedsUserException {
        Optional<ByteRange> place = index.find(name);
        if (place.isEmpty()) {
            throw new NeedsUserException(NeedsUserException.Reason.REFUSED_IMAGE, "Could not read image archive " + path
                    + ": it holds no file " + Text.brief(name) + "; save the image again");
        }
        return place.get();
    }

    boolean holds(String name) {
        return index.find(name).isPresent();
    }

    private static void refuseCompressed(Path path, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(LayerCompression.MAGIC_LENGTH);
        channel.read(start, 0);
        LayerCompression compression = LayerCompression.detect(start.array());
        if (compression != LayerCompression.NONE) {
            throw new ImageRefusedException("image archive", ContainerCheck.TAR_FORMAT.violation(0, compression,
                    "the archive is compressed; unpack " + path.getFileName() + " to a plain tar file first"));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
