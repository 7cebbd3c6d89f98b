package io.datavolume.image.qcow2;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people want to know of a qcow2 image, in display order. */
final class Qcow2Facts {

    private Qcow2Facts() {}

    static Map<String, Object> of(Qcow2Header header) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", header.version());
        facts.put("virtual size", header.size());
        facts.put("cluster size", header.clusterSize());
        facts.put("compression type", header.compressionType() == Qcow2Header.ZSTD ? "zstd" : "zlib");
        facts.put("subclusters", header.has(Qcow2Header.EXTENDED_L2));
        facts.put("internal snapshots", header.snapshots());
        facts.put("reference count bits", 1 << header.refcountOrder());
        facts.put("dirty", header.has(Qcow2Header.DIRTY));
        facts.put("L1 entries", header.l1Size());
        return Collections.unmodifiableMap(facts);
    }
}
