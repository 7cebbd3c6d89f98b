package io.datavolume.importer;

import java.util.List;
import java.util.Optional;

/**
 * The whole order for one worker, as JSON in one environment variable of its process or in memory of the command. It
 * holds no secrets, only the paths of files that hold them. As JSON it may leave out what is at its default; see
 * {@link Wire}.
 *
 * @param action what is to be done
 * @param source what to import
 * @param target where to; not looked at by an inspection
 * @param checksum {@code algorithm:hex} of the source bytes, if they must match
 * @param resume how to go on after a crash
 * @param scratchFolder where data may be kept that cannot be placed yet, besides the target's own filesystem
 * @param metrics the progress metric to serve, if any
 */
public record TransferSpec(Action action, SourceSpec source, TargetSpec target, Optional<String> checksum,
        ResumeSpec resume, Optional<String> scratchFolder, Optional<MetricsSpec> metrics) {

    /** What a worker does. */
    public enum Action {
        /** Fill the target. */
        IMPORT,
        /** Find out what the source holds and how large its disk is, from as few of its bytes as possible. */
        INSPECT
    }

    /** An import. */
    public TransferSpec(SourceSpec source, TargetSpec target, Optional<String> checksum, ResumeSpec resume,
            Optional<String> scratchFolder, Optional<MetricsSpec> metrics) {
        this(Action.IMPORT, source, target, checksum, resume, scratchFolder, metrics);
    }

    /**
     * @param location {@code http(s)://…}, {@code docker://…}, {@code oci-archive:…}, {@code docker-archive:…},
     *        {@code file:…} or a path, {@code -} for standard input, {@link #BLANK} for a disk of zeros
     * @param format declared format ({@code qcow2}…), if the content shall not decide
     * @param userFile file with the user name, if any
     * @param passwordFile file with the password, if any
     * @param headers extra HTTP headers, {@code Name: value}
     * @param headerFiles files with one extra HTTP header each, or folders of such files
     * @param certificates files or folders with PEM certificates to trust besides the system's
     * @param insecure whether certificates are not verified, and plain HTTP to a registry is allowed
     * @param platform {@code os/architecture[/variant]} or an architecture, for registries
     * @param dockerConfig Docker configuration file with registry credentials, if any
     * @param connections HTTP connections at most, 1 to 64
     * @param stallSeconds seconds without a byte after which a connection is cut and resumed
     * @param retrySeconds seconds of trying again without progress after which a retryable failure is final
     * @param denied address ranges (CIDR) that must not be connected to
     */
    public record SourceSpec(String location, Optional<String> format, Optional<String> userFile,
            Optional<String> passwordFile, List<String> headers, List<String> headerFiles, List<String> certificates,
            boolean insecure, Optional<String> platform, Optional<String> dockerConfig, int connections,
            int stallSeconds, int retrySeconds, List<String> denied) {

        /** Location of a disk that holds nothing; its size is the target's. */
        public static final String BLANK = "blank:";
    }

    /**
     * @param path file or block device
     * @param size bytes that the disk shall have, at least the image's; the image's own when empty. With
     *        {@code overhead} the bytes of the volume that the file lies on
     * @param preallocation {@code off}, {@code falloc} or {@code full}; on a block device it matters for a blank disk
     *        only, which is not written at all without it
     * @param cache {@code auto}, {@code direct} or {@code writeback}
     * @param force whether an existing file is replaced
     * @param overhead what the volume's filesystem needs for itself, as a part of the disk, 0 to less than 1: the disk
     *        becomes {@code size}, or what is free where that is less, divided by one more than it, in whole MiB. Empty
     *        where {@code size} is the disk's own; no matter on a block device
     * @param mode permissions of the completed file, octal ({@code 0660}); by the process's umask when empty
     * @param owned whether the path belongs to this order alone: a file that stands there without a journal is of an
     *        earlier run whose result was lost, and is removed first
     */
    public record TargetSpec(String path, Optional<Long> size, String preallocation, String cache, boolean force,
            Optional<Double> overhead, Optional<String> mode, boolean owned) {

        /** A file or device of whoever gives the order. */
        public TargetSpec(String path, Optional<Long> size, String preallocation, String cache, boolean force) {
            this(path, size, preallocation, cache, force, Optional.empty(), Optional.empty(), false);
        }
    }

    /**
     * @param enabled whether a journal is kept and an earlier one is followed
     * @param folder where the journal stands; beside the target when empty
     */
    public record ResumeSpec(boolean enabled, Optional<String> folder) {}

    /**
     * @param port TCP port, 0 for any free one
     * @param ownerUid value of the metric's label {@code ownerUID}
     */
    public record MetricsSpec(int port, String ownerUid) {}

    /** The order that most imports are: everything at its default. */
    public static TransferSpec of(String location, String target) {
        return new TransferSpec(
                new SourceSpec(location, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
                        List.of(), false, Optional.empty(), Optional.empty(), 4, 60, 300, List.of()),
                new TargetSpec(target, Optional.empty(), "off", "auto", false), Optional.empty(),
                new ResumeSpec(true, Optional.empty()), Optional.empty(), Optional.empty());
    }
}
