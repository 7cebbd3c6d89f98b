package io.datavolume.api.validation;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.GcsSource;
import io.datavolume.api.v1beta1.HttpSource;
import io.datavolume.api.v1beta1.ImageIoSource;
import io.datavolume.api.v1beta1.PvcSource;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.v1beta1.S3Source;
import io.datavolume.api.v1beta1.SnapshotSource;
import io.datavolume.api.v1beta1.Source;
import io.datavolume.api.v1beta1.UploadSource;
import io.datavolume.api.v1beta1.VddkSource;
import io.datavolume.api.wire.PullMethods;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold of a source. */
public final class SourceRules {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*).*", Pattern.DOTALL);
    private static final Pattern GOOD_AUTHORITY = Pattern
            .compile("([^\\s@]*@)?(\\[[0-9A-Fa-f:.%]+\\]|[^\\s\\[\\]:@<>\"^`{}|\\\\]*)(:[0-9]*)?");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private SourceRules() {}

    /**
     * The first rule that does not hold.
     *
     * @param path where the source stands, {@code spec.source}
     */
    public static Optional<Violation> check(Source source, String path) {
        return switch (source) {
            case HttpSource http -> url(http.url(), path, "HTTP").or(() -> ChecksumRule.check(http.checksum(), path));
            case S3Source s3 -> url(s3.url(), path, "S3");
            case GcsSource gcs -> url(gcs.url(), path, "GCS");
            case RegistrySource registry -> registry(registry, path + ".Registry");
            case ImageIoSource imageio -> url(imageio.url(), path, "ImageIO").or(() -> imageio(imageio, path));
            case VddkSource vddk -> url(vddk.url(), path, "VDDK").or(() -> vddk(vddk, path));
            case PvcSource pvc -> complete(pvc.namespace(), pvc.name(), path + ".PVC", "PVC");
            case SnapshotSource snapshot ->
                complete(snapshot.namespace(), snapshot.name(), path + ".Snapshot", "snapshot");
            case BlankSource blank -> Optional.empty();
            case UploadSource upload -> Optional.empty();
        };
    }

    private static Optional<Violation> url(String url, String path, String member) {
        String where = path + "." + member + ".url";
        if (url.isEmpty()) {
            return violation(where, path + " source URL is empty");
        }
        String scheme = scheme(url);
        if (!isWellFormed(url) || (scheme.isEmpty() && !url.startsWith("/"))) {
            return violation(where, path + " Invalid source URL: " + Text.plain(url));
        }
        return switch (scheme) {
            case "http", "https", "gs" -> Optional.empty();
            default -> violation(where, path + " Invalid source URL scheme: " + Text.plain(url));
        };
    }

    private static Optional<Violation> registry(RegistrySource registry, String path) {
        String url = registry.url();
        String stream = registry.imageStream();
        if ((url == null) == (stream == null)) {
            return violation(path, "Source registry should have either URL or ImageStream");
        }
        if (url != null && !isWellFormed(url)) {
            return violation(path + ".URL", "Illegal registry source URL " + Text.plain(url));
        }
        if (url != null && !scheme(url).equals("docker") && !scheme(url).equals("oci-archive")) {
            return violation(path + ".URL", "Illegal registry source URL scheme " + Text.plain(url));
        }
        String method = registry.pullMethod();
        if (method != null && !method.equals(PullMethods.POD) && !method.equals(PullMethods.NODE)) {
            return violation(path + ".importMethod",
                    "ImportMethod " + Text.plain(method) + " is neither pod, node or \"\"");
        }
        if (stream != null && stream.isEmpty()) {
            return violation(path + ".importMethod", "Source registry ImageStream is not valid");
        }
        return stream != null && !registry.pulledByNode()
                ? violation(path + ".importMethod",
                        "Source registry ImageStream is supported only with node pull import method")
                : Optional.empty();
    }

    private static Optional<Violation> imageio(ImageIoSource source, String path) {
        String text = path + ".Imageio source Imageio ";
        if (source.secretRef().isEmpty() || source.diskId().isEmpty()) {
            return violation(path + ".Imageio", text + "is not valid");
        }
        return source.certConfigMap().isEmpty() && !Boolean.TRUE.equals(source.insecureSkipVerify())
                ? violation(path + ".Imageio", text + "requires CertConfigMap or InsecureSkipVerify")
                : Optional.empty();
    }

    private static Optional<Violation> vddk(VddkSource source, String path) {
        return Stream.of(source.secretRef(), source.uuid(), source.backingFile(), source.thumbprint())
                .anyMatch(String::isEmpty)
                        ? violation(path + ".VDDK", path + ".VDDK source VDDK is not valid")
                        : Optional.empty();
    }

    private static Optional<Violation> complete(String namespace, String name, String path, String word) {
        return namespace.isEmpty() || name.isEmpty()
                ? violation(path, path + " source " + word + " is not valid")
                : Optional.empty();
    }

    private static String scheme(String url) {
        var matcher = SCHEME.matcher(url);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Whether a URL can be taken apart; what stands in its parts is for who opens it. */
    private static boolean isWellFormed(String url) {
        if (CONTROL.matcher(url).find() || BAD_ESCAPE.matcher(url).find()) {
            return false;
        }
        var matcher = AUTHORITY.matcher(url);
        return !matcher.matches() || GOOD_AUTHORITY.matcher(matcher.group(1)).matches();
    }

    private static Optional<Violation> violation(String field, String message) {
        return Optional.of(new Violation(field, message));
    }
}
