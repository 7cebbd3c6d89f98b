package io.datavolume.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * Names of the objects that are made for others. A name that would be too long keeps as much as fits of its base and
 * gets a hash, so that it is the same every time.
 */
public final class Names {

    /** Of names of objects: a DNS subdomain. */
    public static final int MAX_NAME = 253;
    /** Of names of services and of label values: a DNS label. */
    public static final int MAX_LABEL = 63;

    /** Of the one CDIConfig. */
    public static final String CONFIG = "config";

    private static final int HASH_WITH_DASH = 9;
    private static final int UID_HEAD = 8;
    private static final int DIGEST_HEAD = 12;
    private static final String PRIME = "prime-";

    private Names() {}

    /** Claim that a worker fills in place of the target claim of that UID. */
    public static String primeClaim(String targetUid) {
        return PRIME + targetUid;
    }

    /** Whether a claim of that name may be a prime claim. */
    public static boolean isPrimeClaim(String claim) {
        return claim.startsWith(PRIME);
    }

    /** Pod that imports into a claim. */
    public static String importer(String claim) {
        return join("importer", claim);
    }

    /** Pod that imports one stage into a claim. */
    public static String importer(String claim, String checkpoint) {
        return join("importer", claim + "-checkpoint-" + checkpoint);
    }

    /** Scratch claim for a claim. */
    public static String scratch(String claim) {
        return join(claim, "scratch");
    }

    /** Pod and secret for an upload into a claim. */
    public static String upload(String claim) {
        return join("cdi-upload", claim);
    }

    /** Service for an upload into a claim. */
    public static String uploadService(String claim) {
        return label(upload(claim));
    }

    /** Pod that reads the source of a clone into the claim of that UID. */
    public static String cloneSource(String targetUid) {
        return targetUid + "-source-pod";
    }

    /** Pod that reads the virtual size of the claim of that UID. */
    public static String sizeDetection(String sourceUid) {
        return "size-detection-" + sourceUid;
    }

    /** VolumeImportSource of the DataVolume of that UID. */
    public static String volumeImportSource(String dataVolumeUid) {
        return "volume-import-source-" + dataVolumeUid;
    }

    /** VolumeUploadSource of the DataVolume of that UID. */
    public static String volumeUploadSource(String dataVolumeUid) {
        return "volume-upload-source-" + dataVolumeUid;
    }

    /** VolumeCloneSource of the DataVolume of that UID. */
    public static String volumeCloneSource(String dataVolumeUid) {
        return "volume-clone-source-" + dataVolumeUid;
    }

    /** Copy of the proxy's certificates for imports into a claim. */
    public static String proxyCertificates(String claim) {
        return join("import-proxy-cm", claim);
    }

    /** Pod of a foreign populator for the claim of that UID. */
    public static String populator(String targetUid) {
        return "populate-" + targetUid;
    }

    /** Intermediate claim of a clone into the claim of that UID. */
    public static String temporaryClaim(String targetUid) {
        return "tmp-pvc-" + targetUid;
    }

    /** Claim restored from a source snapshot for a clone into the claim of that UID. */
    public static String temporarySourceClaim(String targetUid) {
        return "tmp-source-pvc-" + targetUid;
    }

    /** Intermediate snapshot of a clone into the claim of that UID. */
    public static String temporarySnapshot(String targetUid) {
        return "tmp-snapshot-" + targetUid;
    }

    /** Pod that makes the intermediate claim of a clone bind or grow. */
    public static String preparation(String targetUid) {
        return "prep-" + targetUid;
    }

    /** CronJob that polls for a DataImportCron. */
    public static String cronJob(String cron, String cronUid) {
        return join(cron, head(cronUid, UID_HEAD));
    }

    /** First Job of a CronJob. */
    public static String initialJob(String cronJob) {
        return join("initial-job", cronJob);
    }

    /** Pod that polls for a DataImportCron. */
    public static String poller(String cron, String cronUid) {
        return join("poller-" + cron, head(cronUid, UID_HEAD));
    }

    /**
     * DataVolume, claim or snapshot that a DataImportCron imports.
     *
     * @param digest {@code sha256:…} or {@code uid:…}
     */
    public static String imported(String managedDataSource, String digest) {
        return join(managedDataSource, head(digest.substring(digest.indexOf(':') + 1), DIGEST_HEAD));
    }

    private static String head(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    /** {@code base-suffix}, shortened to what the name of an object may have. */
    public static String join(String base, String suffix) {
        return join(base, suffix, MAX_NAME);
    }

    /** A name as the value of a label or the name of a service: dots become dashes, and it is shortened. */
    public static String label(String name) {
        String dashed = name.replace('.', '-');
        return dashed.length() <= MAX_LABEL ? dashed : join(dashed, "cdi", MAX_LABEL);
    }

    /**
     * {@code base-suffix} if it fits; else {@code base-hash-suffix} with the base cut; else, where the suffix leaves no
     * room for a base, {@code base-hash}, the hash being of both.
     *
     * @param base ASCII, as names are
     * @param max characters, at least 10
     */
    static String join(String base, String suffix, int max) {
        String name = base + "-" + suffix;
        if (name.length() <= max) {
            return name;
        }
        int room = max - HASH_WITH_DASH - 1 - suffix.length();
        if (room > 0) {
            return base.substring(0, Math.min(base.length(), room)) + "-" + fnv32a(base) + "-" + suffix;
        }
        return base.substring(0, Math.min(base.length(), max - HASH_WITH_DASH)) + "-" + fnv32a(name);
    }

    /**
     * The hash of names, as 8 hexadecimal digits.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv">The FNV non-cryptographic hash</a>
     */
    static String fnv32a(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return String.format(Locale.ROOT, "%08x", hash);
    }
}
