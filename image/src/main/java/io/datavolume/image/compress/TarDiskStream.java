package io.datavolume.image.compress;

import io.datavolume.image.failure.TransferException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The one disk in a tar archive. It is delivered as it comes; the rest of the archive is looked at before the end
 * is told, so that an archive with two disks is refused whatever their order. A disk that is not stored sparsely can
 * start again at any offset.
 */
final class TarDiskStream extends Stage {

    private static final int STATE = Long.BYTES + 1;

    /** A disk without holes, by the offset of its first byte in the archive. */
    private record Stored(long start, long size, boolean named) {}

    private final TarRecords records;
    private final TarBounds bounds = new TarBounds();
    private TarArchiveInputStream archive;
    private boolean named;
    private @Nullable TarContent disk;
    private volatile @Nullable Stored stored;

    TarDiskStream(Input input, RestartPoint from) throws IOException {
        super(Compression.TAR, input, from);
        this.records = new TarRecords(input);
        this.archive = reader(records);
        if (from.state().length > 0) {
            restore(from);
        }
    }

    /** One that takes no more than it needs: what follows the end of the archive is to be looked at, not skipped. */
    private static TarArchiveInputStream reader(TarRecords records) {
        return new TarArchiveInputStream(records, TarRecords.RECORD, TarRecords.RECORD);
    }

    private void restore(RestartPoint from) throws IOException {
        try {
            ByteBuffer state = ByteBuffer.wrap(from.state());
            long size = state.getLong();
            named = state.get() != 0;
            if (from.offset() > size) {
                throw new IOException("The restart point of a tar archive lies behind its disk");
            }
            disk = TarContent.whole(size);
            stored = new Stored(from.upstream() - from.offset(), size, named);
        } catch (BufferUnderflowException e) {
            throw new IOException("The restart point of a tar archive has a state that is too short", e);
        }
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        TarContent content = disk == null ? find() : disk;
        disk = content;
        int count = content.read(input, position(), into, offset, length);
        if (count < 0) {
            walkRest(content);
        }
        return count;
    }

    private TarContent find() throws IOException {
        TarArchiveEntry entry = nextEntry();
        while (entry != null) {
            TarDisk role = TarDisk.of(entry, input.position());
            TarContent content = TarContent.of(entry, input.position());
            if (role != TarDisk.IGNORED) {
                named = role == TarDisk.NAMED;
                if (!content.sparse()) {
                    stored = new Stored(input.position(), content.size(), named);
                }
                return content;
            }
            bounds.beside(content.stored(), input.position());
            passOver(content.stored(), content);
            entry = nextEntry();
        }
        throw Damage.refused(kind, "one-disk", -1, "none", "no disk is in the archive");
    }

    /** The next entry; null at a proper end of the archive. */
    private @Nullable TarArchiveEntry nextEntry() throws IOException {
        records.expectHeaders();
        TarArchiveEntry entry = archive.getNextEntry();
        if (entry == null && !records.zeros()) {
            throw new EOFException();
        }
        return entry;
    }

    /** Skips the last {@code left} stored bytes of an entry and its padding, which the library would read instead. */
    private void passOver(long left, TarContent content) throws IOException {
        long padding = (TarRecords.RECORD - content.stored() % TarRecords.RECORD) % TarRecords.RECORD;
        if (input.skip(left) < left || input.skip(padding) < padding) {
            throw new EOFException();
        }
        archive = reader(records);
    }

    private void walkRest(TarContent content) throws IOException {
        passOver(0, content);
        TarArchiveEntry entry = nextEntry();
        while (entry != null) {
            TarDisk role = TarDisk.of(entry, input.position());
            if (role == TarDisk.NAMED || role == TarDisk.POSSIBLE && !named) {
                throw Damage.refused(kind, "one-disk", input.position(), entry.getName(),
                        "a second disk is in the archive; pack one alone");
            }
            TarContent other = TarContent.of(entry, input.position());
            bounds.beside(other.stored(), input.position());
            passOver(other.stored(), other);
            entry = nextEntry();
        }
        // Also reads what is around the archive to its end, which verifies its checksums.
        if (!input.onlyZerosLeft()) {
            throw Damage.trailingGarbage(kind, input.position());
        }
    }

    @Override
    IOException explained(Exception e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TransferException known) {
                return known;
            }
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("runcated") ? Damage.truncated(kind, input.position()) : super.explained(e);
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        Stored known = stored;
        if (known == null || offset < 0) {
            return RestartPoint.START;
        }
        byte[] state = ByteBuffer.allocate(STATE).putLong(known.size()).put((byte) (known.named() ? 1 : 0)).array();
        long reached = Math.min(offset, known.size());
        return new RestartPoint(Math.addExact(known.start(), reached), reached, state);
    }

    @Override
    void release() {
        // The reader holds nothing but heap.
    }
}
