package io.datavolume.image.volume;

import io.datavolume.image.os.NativeFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A native file that is opened when a native call is first needed. */
final class LazyNativeFile implements AutoCloseable {

    /** How native files are opened; {@link NativeFile#open} except in tests of the portable ways. */
    interface Opener {
        NativeFile open(Path path, NativeFile.Mode mode) throws IOException;
    }

    private final Opener opener;
    private final Path path;
    private @Nullable NativeFile file;

    LazyNativeFile(Opener opener, Path path) {
        this.opener = opener;
        this.path = path;
    }

    synchronized NativeFile get() throws IOException {
        if (file == null) {
            file = opener.open(path, NativeFile.Mode.WRITE);
        }
        return file;
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
