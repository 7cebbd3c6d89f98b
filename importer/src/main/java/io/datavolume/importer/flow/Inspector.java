package io.datavolume.importer.flow;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferSpec;
import java.io.IOException;

/** Looks into a source and reads only what it needs. */
public final class Inspector {

    private final TransferSpec.SourceSpec spec;
    private final Secrets secrets;
    private final boolean full;

    /** @param full whether large tables are read to their end */
    public Inspector(TransferSpec.SourceSpec spec, Secrets secrets, boolean full) {
        this.spec = spec;
        this.secrets = secrets;
        this.full = full;
    }

    /** @throws IOException a {@link io.datavolume.image.failure.TransferException} when the source cannot be read */
    public Inspection inspect() throws IOException {
        throw new UnsupportedOperationException(spec + " " + secrets + full);
    }
}
