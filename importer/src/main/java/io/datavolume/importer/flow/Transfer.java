package io.datavolume.importer.flow;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.progress.ProgressListener;

/** One import from its order to a complete, durable disk. */
public final class Transfer {

    private final TransferSpec spec;
    private final Secrets secrets;
    private final ProgressListener listener;

    public Transfer(TransferSpec spec, Secrets secrets, ProgressListener listener) {
        this.spec = spec;
        this.secrets = secrets;
        this.listener = listener;
    }

    /** Runs to the end; every failure becomes a result, none is thrown. */
    public TransferResult run() {
        throw new UnsupportedOperationException(spec + " " + secrets + listener);
    }
}
