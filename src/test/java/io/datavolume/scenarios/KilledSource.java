package io.datavolume.scenarios;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Sources whose imports are killed: one for each way in which an import goes on. */
enum KilledSource {

    /** Ranges, in the order of the file. */
    QCOW2("disk.qcow2", "qemu-img convert -O qcow2 $raw $out", 0),
    /** Ranges of compressed grains. */
    VMDK_STREAM("disk.vmdk", "qemu-img convert -O vmdk -o subformat=streamOptimized $raw $out", 0),
    /** One pass, since a checksum wants all bytes in order. */
    QCOW2_CHECKSUM("disk-sum.qcow2", "qemu-img convert -O qcow2 $raw $out", 0),
    /** One pass that starts again at an xz block. */
    RAW_XZ("disk.raw.xz", "xz -0 -T2 --block-size=1MiB -c $raw > $out", 1),
    /** One pass that starts again at a gzip member. */
    RAW_GZIP("disk.raw.gz", "split -b 1M --filter='gzip -1' $raw > $out", 1),
    /** One pass that starts again at a zstd frame. */
    RAW_ZSTD("disk.raw.zst", "split -b 1M --filter='zstd -q -1' $raw > $out", 1),
    /** A layer of a container image, behind nginx; any byte is a place to go on, as in a plain file. */
    REGISTRY_PLAIN("plain.qcow2", "qemu-img convert -O qcow2 $raw $out", 0),
    /** The same compressed, as most registries hold it: one gzip member, which is read from its beginning. */
    REGISTRY_GZIP("gzip.qcow2", "qemu-img convert -O qcow2 $raw $out", Double.POSITIVE_INFINITY);

    /** What may be read twice of a source with ranges. */
    private static final double TWICE = 0.05;
    /** Units that are decoded or waited for at the moment of the kill, at most. */
    private static final int UNITS_IN_FLIGHT = 4;
    private static final long UNIT = 1 << 20;
    /** What is on its way at the moment of the kill, in buffers and sockets, however small the source is. */
    private static final long IN_FLIGHT = 8 << 20;
    private static final long DATA = Long.getLong("mebibytes", 160) << 20;

    private final String file;
    private final String maker;
    private final double units;

    /**
     * @param maker shell words that write {@code $out} from {@code $raw}
     * @param units restart units that may be read again besides: 0 where any byte is a place to go on
     */
    KilledSource(String file, String maker, double units) {
        this.file = file;
        this.maker = maker;
        this.units = units;
    }

    /** Writes the raw disk that all of them hold: data that shrinks to about half, with holes between. */
    static void writeDisk(Path raw) throws IOException {
        Random random = new Random(3);
        byte[] block = new byte[1 << 20];
        byte[] text = "A line of text, as in a file of a guest.\n".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < block.length; at += text.length) {
            System.arraycopy(text, 0, block, at, Math.min(text.length, block.length - at));
        }
        byte[] noise = new byte[block.length / 2];
        try (RandomAccessFile disk = new RandomAccessFile(raw.toFile(), "rw")) {
            disk.setLength(DATA + (32L << 20));
            for (long at = 0; at < DATA; at += block.length) {
                random.nextBytes(noise);
                System.arraycopy(noise, 0, block, 0, noise.length);
                disk.seek(at + at / (8L << 20) * (1L << 20));
                disk.write(block);
            }
        }
    }

    /** Writes the file that is served. */
    Path make(Path raw, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve(file);
        Cdi.tool("bash", "-euc", maker.replace("$raw", "'" + raw + "'").replace("$out", "'" + out + "'"));
        return out;
    }

    /** The arguments that import it. */
    List<String> arguments(Nginx nginx, Path made) throws IOException, InterruptedException {
        return switch (this) {
            case QCOW2_CHECKSUM -> List.of(nginx.url(file), "--checksum",
                    "sha256:" + Cdi.tool("sha256sum", made.toString()).split(" ")[0]);
            case REGISTRY_PLAIN, REGISTRY_GZIP ->
                List.of(nginx.url(imageName()).replace("http:", "docker:"), "--insecure");
            default -> List.of(nginx.url(file));
        };
    }

    boolean isInRegistry() {
        return this == REGISTRY_PLAIN || this == REGISTRY_GZIP;
    }

    private String imageName() {
        return file.replace(".qcow2", ":1");
    }

    /** Pushes the disk as the one layer of a container image. */
    void push(Path image, Path folder, Registry registry) throws IOException, InterruptedException {
        Cdi.tool("bash", "-euc", """
                cd "$0"; mkdir disk; ln "$1" disk
                tar -cf layer.tar disk; id=$(sha256sum < layer.tar)
                jq -nc --arg id "sha256:${id%% *}" \
                    '{architecture:"amd64",os:"linux",config:{},rootfs:{type:"layers",diff_ids:[$id]}}' > config.json
                echo '[{"Config":"config.json","RepoTags":["disk:1"],"Layers":["layer.tar"]}]' > manifest.json
                tar -cf image.tar config.json manifest.json layer.tar
                skopeo copy -q --insecure-policy --dest-tls-verify=false $3 docker-archive:image.tar "$2"
                """, Files.createDirectory(folder.resolve(name())).toString(), image.toString(),
                registry.image(imageName()), this == REGISTRY_PLAIN ? "--preserve-digests" : "");
    }

    /** Bytes of a source of this length that may be read twice. */
    double mayBeReadTwice(long length) {
        return Math.max(TWICE * length, IN_FLIGHT) + (units > 0 ? units * UNITS_IN_FLIGHT * UNIT : 0);
    }

    /** The part of all kills that falls to it; {@code -Dkilled=RAW_XZ} gives all of them to one. */
    int share(int kills) {
        String only = System.getProperty("killed");
        if (only != null) {
            return only.equals(name()) ? kills : 0;
        }
        int all = values().length;
        return kills / all + (ordinal() < kills % all ? 1 : 0);
    }
}
