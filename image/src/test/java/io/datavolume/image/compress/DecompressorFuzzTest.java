package io.datavolume.image.compress;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.failure.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever the bytes are, they are decompressed or refused; nothing else is thrown. */
class DecompressorFuzzTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(8 << 20, 2);
    private static final int MOST = 4 << 20;

    @FuzzTest(maxDuration = "1m")
    void anySourceIsPeeledOrRefused(byte[] source) throws IOException {
        try (Peeled peeled = Peeler.peel(new ByteArrayInputStream(source), LIMITS)) {
            peeled.stream().readNBytes(MOST);
        } catch (TransferException e) {
            // refused
        }
    }

    /** Whatever the first bytes say. */
    @FuzzTest(maxDuration = "1m")
    void anyDecompressorReadsOrRefuses(byte[] source) throws IOException {
        for (Compression kind : Compression.values()) {
            try (StageStream stage = Decompressors.open(kind, new ByteArrayInputStream(source), RestartPoint.START,
                    LIMITS)) {
                stage.readNBytes(MOST);
            } catch (TransferException e) {
                // refused
            }
        }
    }
}
