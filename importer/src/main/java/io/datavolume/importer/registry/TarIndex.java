package io.datavolume.importer.registry;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the files of an uncompressed tar archive are; content is jumped over. */
final class TarIndex {

    private static final TarLimits LIMITS = new TarLimits(100_000, 4096, 1 << 20, Long.MAX_VALUE);
    private static final int MAX_LINKS = 8;

    private final Map<String, ByteRange> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private TarIndex() {}

    static TarIndex read(FileChannel file) throws IOException {
        TarIndex index = new TarIndex();
        TarWalk walk = new TarWalk(new BufferedInputStream(new Jumping(file), 1 << 13), LIMITS, true);
        for (Optional<TarEntry> next = walk.next(); next.isPresent(); next = walk.next()) {
            index.add(next.get(), file.size());
        }
        return index;
    }

    /** Where a regular file's content is; links inside the archive are followed. */
    Optional<ByteRange> find(String path) {
        String name = path;
        for (int hops = 0; hops < MAX_LINKS; hops++) {
            ByteRange place = files.get(name);
            if (place != null) {
                return Optional.of(place);
            }
            String link = links.get(name);
            if (link == null) {
                return Optional.empty();
            }
            name = link;
        }
        return Optional.empty();
    }

    private void add(TarEntry entry, long end) throws ImageRefusedException {
        EntryPath path = EntryPath.parse(entry.name());
        switch (entry.kind()) {
            case FILE -> {
                if (entry.sparse() || entry.size() > end - entry.offset()) {
                    throw refuse(ContainerCheck.TAR_FORMAT, entry, "a file in the archive is sparse or cut off");
                }
                unique(entry, files.putIfAbsent(path.text(), new ByteRange(entry.offset(), entry.size())) == null
                        && !links.containsKey(path.text()));
            }
            case SYMLINK -> unique(entry, !files.containsKey(path.text())
                    && links.putIfAbsent(path.text(), path.parent().resolve(entry.link()).text()) == null);
            case HARDLINK -> unique(entry, !files.containsKey(path.text())
                    && links.putIfAbsent(path.text(), EntryPath.parse(entry.link()).text()) == null);
            case DIRECTORY, SPECIAL -> {
                // holds no content
            }
        }
    }

    private static void unique(TarEntry entry, boolean unique) throws ImageRefusedException {
        if (!unique) {
            throw refuse(ContainerCheck.DUPLICATE_ENTRY, entry, "the archive holds a file twice");
        }
    }

    private static ImageRefusedException refuse(ContainerCheck check, TarEntry entry, String message) {
        return new ImageRefusedException("image archive", check.violation(entry.offset(), entry.name(), message));
    }

    /** A file whose content is passed without being read. */
    private static final class Jumping extends InputStream {

        private final FileChannel file;
        private long position;

        Jumping(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = file.read(ByteBuffer.wrap(buffer, offset, length), position);
            position += Math.max(n, 0);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = Math.max(0, Math.min(n, file.size() - position));
            position += skipped;
            return skipped;
        }
    }
}
