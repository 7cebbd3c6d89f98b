package io.datavolume.importer.registry;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** A blob of a registry: its digest is its validator, so that a resumption never mixes two contents. */
final class RegistryBlob implements Source {

    private final RegistryClient client;
    private final Descriptor descriptor;
    private final LongAdder received = new LongAdder();

    RegistryBlob(RegistryClient client, Descriptor descriptor) {
        this.client = client;
        this.descriptor = descriptor;
    }

    @Override
    public String displayName() {
        return client.displayName() + " blob " + descriptor.digest();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(descriptor.size());
    }

    @Override
    public Optional<String> validator() {
        return Optional.of(descriptor.digest().toString());
    }

    @Override
    public InputStream stream(long offset) {
        Objects.checkIndex(offset, descriptor.size() + 1);
        return new ResumingBlobStream(client, descriptor, offset, descriptor.size(), received);
    }

    /** Asks for one byte, since not every registry and not every store behind one serves ranges. */
    @Override
    public Optional<RangeReader> ranges() {
        try (RegistryHttp.Reply reply = client.blob(descriptor.digest(), Optional.of("bytes=0-0"))) {
            if (descriptor.size() == 0 || reply.status() != 206) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new RangeReader() {
            @Override
            public long length() {
                return descriptor.size();
            }

            @Override
            public ReadableByteChannel open(ByteRange range) {
                Objects.checkFromIndexSize(range.start(), range.length(), descriptor.size());
                return Channels.newChannel(
                        new ResumingBlobStream(client, descriptor, range.start(), range.end(), received));
            }

            @Override
            public void close() {
                // each channel has its own connection
            }
        });
    }

    @Override
    public long bytesReceived() {
        return received.sum();
    }

    @Override
    public void close() throws IOException {
        // each stream has its own connection
    }
}
