package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The entries of a hostile tar file, one after the other. Whatever the tar reader throws is a violation. */
final class TarWalk {

    private static final int RECORD = 512;

    private final TarStream stream;
    private final TarArchiveInputStream tar;
    private final TarLimits limits;
    private final boolean jumps;
    private long entries;
    private long contentEnd;

    TarWalk(InputStream unpacked, TarLimits limits) {
        this(unpacked, limits, false);
    }

    /** @param jumps whether content that nobody reads is skipped, where the stream does that without reading it */
    TarWalk(InputStream unpacked, TarLimits limits, boolean jumps) {
        this.jumps = jumps;
        this.stream = new TarStream(unpacked, limits);
        this.tar = new TarArchiveInputStream(stream, RECORD, RECORD, "UTF-8", false);
        this.limits = limits;
    }

    /** The next entry, whatever is left of the one before; empty after the last. */
    Optional<TarEntry> next() throws IOException {
        Optional<TarArchiveEntry> entry = reading(() -> {
            // The tar reader's own skipping reads.
            stream.jump(contentEnd);
            while (tar.getCurrentEntry() != null && tar.skip(Long.MAX_VALUE) > 0) {
                continue;
            }
            stream.headerBegins();
            TarArchiveEntry header = tar.getNextEntry();
            stream.headerEnds();
            return Optional.ofNullable(header);
        });
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        verify(entry.get());
        TarEntry found = describe(entry.get());
        boolean jumpable = jumps && found.kind() == TarEntry.Kind.FILE && !found.sparse();
        contentEnd = jumpable ? found.offset() + Math.min(found.size(), Long.MAX_VALUE - found.offset()) : 0;
        return Optional.of(found);
    }

    /** The content of the entry that {@link #next} gave last. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                int n = read(one, 0, 1);
                return n < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return reading(() -> tar.read(buffer, offset, length));
            }
        };
    }

    /** Goes on inside the content of the present entry: at an offset of the unpacked tar, with other bytes. */
    void goOn(InputStream rest, long offset) throws IOException {
        stream.goOn(rest, offset);
        while (stream.position() < offset) {
            long left = offset - stream.position();
            if (reading(() -> tar.skip(left)) <= 0) {
                throw new IllegalArgumentException("the journal names a place that is not in the disk");
            }
        }
    }

    /** Reads what follows the last entry, which must be zeros. */
    void drain() throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] != 0) {
                    throw refused(stream.position() - n + i, buffer[i], "data follows the end of the tar file");
                }
            }
        }
    }

    private TarEntry describe(TarArchiveEntry entry) {
        return new TarEntry(entry.getName(), kind(entry), entry.getRealSize(),
                entry.isLink() || entry.isSymbolicLink() ? entry.getLinkName() : "", stream.position(),
                entry.isSparse());
    }

    private static TarEntry.Kind kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return TarEntry.Kind.SYMLINK;
        } else if (entry.isLink()) {
            return TarEntry.Kind.HARDLINK;
        } else if (entry.isDirectory()) {
            return TarEntry.Kind.DIRECTORY;
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            return TarEntry.Kind.SPECIAL;
        }
        return TarEntry.Kind.FILE;
    }

    private void verify(TarArchiveEntry entry) throws ImageRefusedException {
        if (!entry.isCheckSumOK()) {
            throw refused(stream.position(), "checksum", "the checksum of a tar header is wrong");
        }
        if (++entries > limits.entries()) {
            throw limit(entries, "more than " + limits.entries() + " entries");
        }
        if (entry.getName().length() > limits.path()) {
            throw limit(entry.getName(), "a path is longer than " + limits.path() + " characters");
        }
        if (entry.getName().indexOf(0) >= 0) {
            throw refused(stream.position(), entry.getName(), "a path holds a zero character");
        }
        if (entry.getRealSize() < 0) {
            throw refused(stream.position(), entry.getRealSize(), "the size of an entry is negative");
        }
    }

    private ImageRefusedException limit(Object value, String message) {
        return new ImageRefusedException("layer",
                ContainerCheck.LAYER_LIMIT.violation(stream.position(), value, message));
    }

    private static ImageRefusedException refused(long offset, Object value, String message) {
        return new ImageRefusedException("layer", ContainerCheck.TAR_FORMAT.violation(offset, value, message));
    }

    /** Something that the tar reader does. */
    private interface Reading<T> {
        T run() throws IOException;
    }

    private <T> T reading(Reading<T> step) throws IOException {
        try {
            return step.run();
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            if (stream.raised(e)) {
                throw e;
            }
            throw refused(stream.position(), String.valueOf(e.getMessage()),
                    "the tar file is damaged or not a tar file");
        } catch (RuntimeException e) {
            throw refused(stream.position(), String.valueOf(e.getMessage()),
                    "the tar file is damaged or not a tar file");
        }
    }
}
