package io.datavolume.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every way in which {@code qemu-img} writes a disk: formats, versions, cluster sizes, compressions, histories. */
final class FormatVariants {

    /** Smallest and largest cluster of qcow2, and the smallest one with subclusters, as powers of two. */
    private static final int SMALLEST = 9;
    private static final int LARGEST = 21;
    private static final int SMALLEST_EXTENDED = 14;

    /**
     * One image.
     *
     * @param name for people
     * @param format as qemu-img names it, which is told to read it; {@code null} where only the disk it was made of
     *        can be compared, since qemu-img does not read it
     * @param script of bash, which makes {@code $image} of the raw disk {@code $raw}
     * @param sample whether it is part of every run
     */
    record Variant(String name, @Nullable String format, String script, boolean sample) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Variant> all = new ArrayList<>();

    private FormatVariants() {}

    static Stream<Variant> all() {
        FormatVariants variants = new FormatVariants();
        variants.qcow2();
        variants.vmdk();
        variants.vhd();
        variants.vhdx();
        variants.vdi();
        variants.around();
        return variants.all.stream();
    }

    private void add(boolean sample, String name, @Nullable String format, String script) {
        all.add(new Variant(name, format, script, sample));
    }

    private void converted(boolean sample, String format, String options) {
        add(sample, format + " " + options, format, convert(format, options));
    }

    private static String convert(String format, String options) {
        return "qemu-img convert -f raw -O " + format + " -o " + options + " $raw $image";
    }

    private void qcow2() {
        IntStream.rangeClosed(SMALLEST, LARGEST).forEach(bits -> {
            qcow2(bits, "compat=0.10", false);
            qcow2(bits, "compat=1.1", false);
            if (bits >= SMALLEST_EXTENDED) {
                qcow2(bits, "compat=1.1,extended_l2=on", true);
            }
        });
        for (String options : List.of("refcount_bits=1", "refcount_bits=64", "lazy_refcounts=on",
                "preallocation=falloc", "preallocation=full")) {
            converted(false, "qcow2", options);
        }
    }

    /** All histories of one cluster size. */
    private void qcow2(int bits, String version, boolean extended) {
        String options = version + ",cluster_size=" + (1 << bits);
        List<String> compressions = version.equals("compat=0.10") ? List.of("", "zlib") : List.of("", "zlib", "zstd");
        for (String compression : compressions) {
            String used = compression.equals("zstd") ? options + ",compression_type=zstd" : options;
            String made = convert("qcow2", used) + (compression.isEmpty() ? "" : " -c");
            String name = "qcow2 " + used + (compression.isEmpty() ? "" : " compressed ");
            boolean sample = bits == 16 || bits == SMALLEST && compression.isEmpty() && !extended;
            add(sample && !version.equals("compat=0.10"), name, "qcow2", made);
            // Tables come behind the data that was written before them.
            long table = (1L << bits) / (extended ? 16 : 8) << bits;
            add(sample && !compression.equals("zlib"), name + " resized", "qcow2",
                    made + " && qemu-img resize -q -f qcow2 $image +"
                            + 2 * table + " && " + write("write -P 5 " + (2 * table + (1 << 20)) + " 3k"));
            String snapshot = made + " && qemu-img snapshot -c one $image && "
                    + write("write -P 6 1M 300k", "write -z 5M 700k", "write -P 7 9M 1k");
            add(false, name + " with a snapshot", "qcow2", snapshot);
            add(sample && compression.equals("zlib"), name + " whose snapshot was deleted", "qcow2",
                    snapshot + " && qemu-img snapshot -d one $image");
        }
        add(bits == 16 && extended, "qcow2 " + options + " preallocated", "qcow2",
                "qemu-img create -q -f qcow2 -o " + options
                        + ",preallocation=metadata $image $size && qemu-img convert -n -f raw -O qcow2 $raw $image");
    }

    private static String write(String... commands) {
        return "qemu-io -f $format -c '" + String.join("' -c '", commands) + "' $image";
    }

    private void vmdk() {
        for (String subformat : List.of("monolithicSparse", "streamOptimized")) {
            converted(true, "vmdk", "subformat=" + subformat);
            converted(false, "vmdk", "hwversion=6,subformat=" + subformat);
            converted(false, "vmdk", "compat6=on,subformat=" + subformat);
        }
        converted(false, "vmdk", "zeroed_grain=on,subformat=monolithicSparse");
        add(false, "vmdk monolithicSparse written at random", "vmdk",
                convert("vmdk", "subformat=monolithicSparse") + " && "
                        + write("write -P 8 11M 64k", "write -P 9 1M 512", "write -P 10 8M 130k"));
        add(true, "vmdk monolithicFlat in one file", null, """
                printf '# Disk DescriptorFile\\nversion=1\\nCID=12345678\\nparentCID=ffffffff\\n' > $image
                printf 'createType="monolithicFlat"\\nRW %d FLAT "%s" 128\\n' $((size / 512)) image >> $image
                truncate -s 64K $image
                cat $raw >> $image""");
    }

    private void vhd() {
        for (String subformat : List.of("dynamic", "fixed")) {
            converted(true, "vpc", "force_size=on,subformat=" + subformat);
            converted(false, "vpc", "force_size=off,subformat=" + subformat);
        }
    }

    private void vhdx() {
        for (String subformat : List.of("dynamic", "fixed")) {
            for (int mebibytes = 1; mebibytes <= 256; mebibytes *= 2) {
                converted(mebibytes == 8, "vhdx", "block_size=" + mebibytes + "M,subformat=" + subformat);
            }
            converted(false, "vhdx", "block_state_zero=off,log_size=4M,subformat=" + subformat);
        }
        add(true, "vhdx whose writer was killed", "vhdx", "qemu-img create -q -f vhdx -o block_size=1M $image $size"
                + " && (" + write("write -P 11 6M 2M", "write -P 12 2M 4k", "sigraise 9") + " || true)");
    }

    private void vdi() {
        converted(true, "vdi", "static=off");
        converted(true, "vdi", "static=on");
        add(false, "vdi written at random", "vdi", convert("vdi", "static=off") + " && "
                + write("write -P 13 11M 64k", "write -P 14 7M 512"));
    }

    private void around() {
        String image = convert("qcow2", "compat=1.1") + " && mv $image $image.in && ";
        for (String program : List.of("gzip", "xz", "xz --block-size=1MiB", "zstd -q", "bzip2")) {
            add(false, "qcow2 in " + program, null, image + program + " -c $image.in > $image");
        }
        add(false, "qcow2 in tar", null,
                image + "tar -C $(dirname $image) -cf $image --transform s/image.in/disk.qcow2/ "
                        + "image.in");
        add(false, "qcow2 in gzip in xz", null, image + "gzip -c $image.in | xz -c > $image");
        add(false, "raw in gzip", null, "gzip -c $raw > $image");
        add(true, "raw", "raw", "cp $raw $image");
    }
}
