package io.datavolume.importer.flow;

import io.datavolume.importer.registry.ContainerDisk;
import io.datavolume.importer.registry.ImageMetadata;
import io.datavolume.importer.registry.ImageStore;
import io.datavolume.importer.source.Source;
import java.io.Closeable;
import java.io.IOException;

/** A source that was found and can be read. */
sealed interface OpenedSource extends Closeable {

    Source source();

    /** How it is read by ranges, where it has them. */
    Parallelism parallelism();

    /** Conditions on the whole source, after its image was read. */
    void verify() throws IOException;

    /** Reads the rest of what is being read, undecoded, and compares its digest where the source itself promised one. */
    void verifyBytes() throws IOException;

    /** One object: a file, a URL, standard input. */
    record Object(Source source, Parallelism parallelism) implements OpenedSource {

        @Override
        public void verify() {
            // the stream's own checks are all there are
        }

        @Override
        public void verifyBytes() {
            // it promised nothing
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** The disk in a container image. */
    record Container(Source source, ContainerDisk disk, ImageMetadata metadata, ImageStore store,
            Closeable transport) implements OpenedSource {

        @Override
        public Parallelism parallelism() {
            return Parallelism.local();
        }

        @Override
        public void verify() throws IOException {
            disk.verifyRest();
        }

        @Override
        public void verifyBytes() throws IOException {
            disk.verifyBytes();
        }

        @Override
        public void close() throws IOException {
            try (transport; store; disk) {
                source.close();
            }
        }
    }
}
