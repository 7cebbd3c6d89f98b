package io.datavolume.standalone;

import io.datavolume.image.volume.CacheMode;
import io.datavolume.image.volume.Preallocation;
import io.datavolume.importer.TransferSpec.TargetSpec;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of the target. */
final class TargetOptions {

    @Option(names = "--size", paramLabel = "SIZE", converter = QuantityConverter.class, description = "Size of the disk, as Kubernetes writes it: 20Gi, 500M, 1e9. An image that is larger is"
            + " refused. By default the disk is as large as the image says.")
    @Nullable
    Quantity size;

    @Option(names = "--preallocation", paramLabel = "HOW", converter = Choice.Preallocations.class, completionCandidates = Choice.Preallocations.class, description = "off: zeros take no space (default); falloc: all space is reserved; full: every byte is"
            + " written.")
    Preallocation preallocation = Preallocation.OFF;

    @Option(names = "--cache", paramLabel = "MODE", converter = Choice.Caches.class, completionCandidates = Choice.Caches.class, description = "Use of the page cache: auto (default), direct or writeback.")
    CacheMode cache = CacheMode.AUTO;

    @Option(names = "--force", description = "Replace an existing file, in one step when the new one is complete.")
    boolean force;

    TargetSpec spec(Path target) {
        return new TargetSpec(target.toString(), Optional.ofNullable(size).map(Quantity::bytes),
                Choice.id(preallocation), Choice.id(cache), force);
    }
}
