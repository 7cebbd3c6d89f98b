package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.failure.ImageRefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestParserTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void dockerManifestIsRead() throws Exception {
        Manifest.Image image = (Manifest.Image) parse(
                "{'schemaVersion':2,'mediaType':'application/vnd.docker.distribution.manifest.v2+json','config':"
                        + descriptor("application/vnd.docker.container.image.v1+json") + ",'layers':["
                        + descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip") + "]}");
        assertEquals(1, image.layers().size());
        assertEquals(5, image.layers().getFirst().size());
        assertEquals("sha256:" + HEX, image.config().digest().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[] | manifest | not a JSON object", "{ | manifest | not valid JSON",
        "{'schemaVersion':2} x | manifest | not valid JSON",
        "{'schemaVersion':2,'schemaVersion':2,'manifests':[]} | manifest | not valid JSON",
        "{'schemaVersion':1,'fsLayers':[]} | manifest | schema version 2",
        "{'manifests':[]} | manifest | schema version 2",
        "{'schemaVersion':2} | manifest | neither an image nor an index",
        "{'schemaVersion':2,'manifests':[],'layers':[]} | manifest | both an image and an index",
        "{'schemaVersion':2,'mediaType':'IMAGE','manifests':[]} | manifest | media type is not that of an index",
        "{'schemaVersion':2,'mediaType':5,'manifests':[]} | manifest | not a string",
        "{'schemaVersion':2,'manifests':{}} | manifest | not an array",
        "{'schemaVersion':2,'manifests':[5]} | manifest | not an object",
        "{'schemaVersion':2,'manifests':[{'size':1}]} | manifest | no valid digest",
        "{'schemaVersion':2,'manifests':[{'digest':'DIGEST'}]} | manifest | no valid size",
        "{'schemaVersion':2,'manifests':[{'digest':'DIGEST','size':-1}]} | manifest | no valid size",
        "{'schemaVersion':2,'manifests':[{'digest':'DIGEST','size':1e3}]} | manifest | no valid size",
        "{'schemaVersion':2,'manifests':[{'digest':'DIGEST','size':9223372036854775808}]} | manifest | no valid size",
        "{'schemaVersion':2,'manifests':[{'digest':'DIGEST','size':1,'urls':['http://x']}]} | layer-type | elsewhere",
        "{'schemaVersion':2,'config':LAYER,'layers':[]} | layer-type | an artifact",
        "{'schemaVersion':2,'config':5,'layers':[]} | manifest | no configuration",
        "{'schemaVersion':2,'config':CONFIG,'layers':[FOREIGN]} | layer-type | foreign layers",
        "{'schemaVersion':2,'config':CONFIG,'layers':[ENCRYPTED]} | layer-type | not encrypted"})
    void hostileManifestIsRefusedByName(String json, String check, String message) {
        String layer = "application/vnd.oci.image.layer.v1.tar";
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> parse(json.replace("IMAGE", MediaTypes.OCI_MANIFEST).replace("LAYER", descriptor(layer))
                        .replace("CONFIG", descriptor(MediaTypes.OCI_CONFIG))
                        .replace("FOREIGN",
                                descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"))
                        .replace("ENCRYPTED", descriptor(layer + "+gzip+encrypted"))
                        .replace("DIGEST", "sha256:" + HEX)));
        assertEquals(check, refusal.violations().getFirst().check());
        Tools.assertMessage(refusal, message);
    }

    @Test
    void deeplyNestedAndLargeDocumentsAreRefused() {
        assertThrows(ImageRefusedException.class, () -> parse("{'a':" + "[".repeat(100_000)));
        assertThrows(ImageRefusedException.class, () -> ManifestParser.parse(new byte[Json.MAX_BYTES + 1]));
    }

    @Test
    void digestOfAnotherAlgorithmIsVerifiedToo() throws Exception {
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(Digest.Algorithm.SHA512, content);
        assertEquals(digest, Digest.parse(digest.toString()));
        assertEquals(content, ImageResolver.verified(content, digest));
    }

    private static Manifest parse(String json) throws ImageRefusedException {
        return ManifestParser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String descriptor(String type) {
        return "{'mediaType':'" + type + "','digest':'sha256:" + HEX + "','size':5}";
    }
}
