package io.datavolume.controller.importing;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.GcsSource;
import io.datavolume.api.v1beta1.HttpSource;
import io.datavolume.api.v1beta1.ImageIoSource;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.v1beta1.Platform;
import io.datavolume.api.v1beta1.RegistrySource;
import io.datavolume.api.v1beta1.S3Source;
import io.datavolume.api.v1beta1.VddkSource;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PullMethods;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A source as the annotations of the claim that is to be filled from it. */
public final class SourceAnnotations {

    private final Map<String, String> annotations = new LinkedHashMap<>();

    private SourceAnnotations() {}

    public static Map<String, String> of(ImportSource source) {
        SourceAnnotations result = new SourceAnnotations();
        result.put(ImportAnnotations.SOURCE, source.type());
        result.add(source);
        return result.annotations;
    }

    private void add(ImportSource source) {
        switch (source) {
            case BlankSource blank -> {
            }
            case HttpSource http -> add(http);
            case RegistrySource registry -> add(registry);
            case S3Source s3 -> {
                put(ImportAnnotations.ENDPOINT, s3.url());
                putGiven(ImportAnnotations.SECRET_NAME, s3.secretRef());
                putGiven(ImportAnnotations.CERT_CONFIG_MAP, s3.certConfigMap());
            }
            case GcsSource gcs -> {
                put(ImportAnnotations.ENDPOINT, gcs.url());
                putGiven(ImportAnnotations.SECRET_NAME, gcs.secretRef());
            }
            case ImageIoSource imageio -> add(imageio);
            case VddkSource vddk -> add(vddk);
        }
    }

    private void add(HttpSource http) {
        put(ImportAnnotations.ENDPOINT, http.url());
        putGiven(ImportAnnotations.SECRET_NAME, http.secretRef());
        putGiven(ImportAnnotations.CERT_CONFIG_MAP, http.certConfigMap());
        putGiven(ImportAnnotations.CHECKSUM, http.checksum());
        putTrue(ImportAnnotations.INSECURE_SKIP_VERIFY, http.insecureSkipVerify());
        putNumbered(ImportAnnotations::extraHeader, http.extraHeaders());
        putNumbered(ImportAnnotations::secretExtraHeader, http.secretExtraHeaders());
    }

    private void add(RegistrySource registry) {
        String stream = registry.imageStream();
        if (stream != null && !stream.isEmpty()) {
            put(ImportAnnotations.ENDPOINT, stream);
            put(ImportAnnotations.REGISTRY_IMAGE_STREAM, "true");
        } else {
            put(ImportAnnotations.ENDPOINT, registry.url());
        }
        String method = registry.pullMethod();
        put(ImportAnnotations.REGISTRY_IMPORT_METHOD, method == null || method.isEmpty() ? PullMethods.POD : method);
        putGiven(ImportAnnotations.SECRET_NAME, registry.secretRef());
        putGiven(ImportAnnotations.CERT_CONFIG_MAP, registry.certConfigMap());
        Platform platform = registry.platform();
        if (platform != null) {
            putGiven(ImportAnnotations.REGISTRY_IMAGE_ARCHITECTURE, platform.architecture());
        }
    }

    private void add(ImageIoSource imageio) {
        put(ImportAnnotations.ENDPOINT, imageio.url());
        put(ImportAnnotations.SECRET_NAME, imageio.secretRef());
        put(ImportAnnotations.CERT_CONFIG_MAP, imageio.certConfigMap());
        put(ImportAnnotations.DISK_ID, imageio.diskId());
        putTrue(ImportAnnotations.INSECURE_SKIP_VERIFY, imageio.insecureSkipVerify());
    }

    private void add(VddkSource vddk) {
        put(ImportAnnotations.ENDPOINT, vddk.url());
        put(ImportAnnotations.SECRET_NAME, vddk.secretRef());
        putGiven(ImportAnnotations.CERT_CONFIG_MAP, vddk.certConfigMap());
        put(ImportAnnotations.BACKING_FILE, vddk.backingFile());
        put(ImportAnnotations.UUID, vddk.uuid());
        put(ImportAnnotations.VDDK_THUMBPRINT, vddk.thumbprint());
        putGiven(PodAnnotations.VDDK_INIT_IMAGE_URL, vddk.initImageUrl());
        putGiven(PodAnnotations.VDDK_EXTRA_ARGS, vddk.extraArgs());
    }

    private void put(String key, @Nullable String value) {
        annotations.put(key, Objects.requireNonNullElse(value, ""));
    }

    private void putGiven(String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            annotations.put(key, value);
        }
    }

    private void putTrue(String key, @Nullable Boolean value) {
        if (Boolean.TRUE.equals(value)) {
            annotations.put(key, "true");
        }
    }

    private void putNumbered(IntFunction<String> key, Iterable<String> values) {
        int index = 0;
        for (String value : values) {
            annotations.put(key.apply(index++), value);
        }
    }
}
