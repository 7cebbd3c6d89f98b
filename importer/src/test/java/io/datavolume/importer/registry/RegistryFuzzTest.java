package io.datavolume.importer.registry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.failure.NeedsUserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whatever the bytes are, they are read or refused for the user; nothing else is thrown. */
class RegistryFuzzTest {

    private static final TarLimits LIMITS = new TarLimits(1000, 256, 1 << 16, 1 << 22);

    @FuzzTest(maxDuration = "1m")
    void referencesAreReadOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            ImageReference.parse(text);
            ImageReference.parse("docker://" + text);
        } catch (NeedsUserException e) {
            // refused
        }
        AuthChallenge.parse(List.of(text));
    }

    @FuzzTest(maxDuration = "1m")
    void documentsAreReadOrRefused(byte[] bytes) {
        try {
            ManifestParser.parse(bytes);
        } catch (NeedsUserException e) {
            // refused
        }
        try {
            ImageConfig.parse(bytes);
            DockerConfig.parse(bytes)
                    .credentialsFor(new ImageReference.Remote("docker.io", "a/b", "latest", Optional.empty()));
        } catch (NeedsUserException e) {
            // refused
        }
    }

    @FuzzTest(maxDuration = "1m")
    void layersAreReadOrRefused(byte[] bytes) throws IOException {
        MergedDisk merged = new MergedDisk();
        try (UnpackedLayer layer = UnpackedLayer.open(new ByteArrayInputStream(bytes))) {
            TarWalk walk = new TarWalk(layer, LIMITS);
            for (Optional<TarEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
                if (merged.add(entry.get())) {
                    walk.content().readNBytes(1 << 20);
                }
            }
            walk.drain();
            merged.endLayer();
        } catch (NeedsUserException e) {
            // refused
        }
    }
}
