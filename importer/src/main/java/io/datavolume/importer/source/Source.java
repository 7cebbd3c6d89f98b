package io.datavolume.importer.source;

import io.datavolume.image.decode.RangeReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** One object to import: an HTTP resource, a registry blob, a local file, standard input. */
public interface Source extends Closeable {

    /** Where the bytes come from, for people: no user info, no query. */
    String displayName();

    /** Length of the object in bytes, where it is known before it is read. */
    OptionalLong length();

    /**
     * What binds a journal to this very content: strong ETag, digest, or size with Last-Modified. Two equal
     * validators mean equal bytes. Empty where the source states none; then nothing is resumed after a crash.
     */
    Optional<String> validator();

    /**
     * The bytes from an offset to the end. The stream blocks, goes on by itself after a cut or stalled
     * connection without delivering a byte twice, and throws a
     * {@link io.datavolume.image.failure.TransferException} when it cannot. One stream at a time.
     *
     * @param offset 0, or any offset when {@link #ranges()} is present
     */
    InputStream stream(long offset) throws IOException;

    /** Random access, where the source has it and it helps. */
    Optional<RangeReader> ranges();

    /** Bytes received from the source so far, all streams and ranges together (what was read twice counts twice). */
    long bytesReceived();
}
