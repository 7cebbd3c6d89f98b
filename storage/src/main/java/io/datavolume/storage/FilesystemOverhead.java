package io.datavolume.storage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The share that a filesystem needs for itself beside a disk image, relative to the image. Sizes are computed in
 * decimals, exactly.
 *
 * @param fraction 0 to 1, with at most three decimals
 */
public record FilesystemOverhead(BigDecimal fraction) {

    /** Of block volumes, and where nothing is configured. */
    public static final FilesystemOverhead NONE = new FilesystemOverhead(BigDecimal.ZERO);
    /** Where an administrator says nothing else. */
    public static final FilesystemOverhead DEFAULT = new FilesystemOverhead(new BigDecimal("0.055"));

    private static final Pattern PERCENT = Pattern.compile("0(?:\\.[0-9]{1,3})?|1");

    public FilesystemOverhead {
        if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "A filesystem overhead is between 0 and 1, not " + fraction.toPlainString());
        }
    }

    /** As CDIConfig has it: 0, 1, or 0 with one to three decimals; empty for anything else. */
    public static Optional<FilesystemOverhead> parse(String text) {
        return PERCENT.matcher(text).matches()
                ? Optional.of(new FilesystemOverhead(new BigDecimal(text)))
                : Optional.empty();
    }

    /**
     * Size of a volume that holds an image: the image rounded up to 1 MiB, and the overhead on top.
     *
     * @throws UnusableSizeException if that is above 2^63-1 bytes
     */
    public long required(long imageBytes) {
        BigDecimal bytes = BigDecimal.valueOf(Bytes.roundUpToMebi(imageBytes)).multiply(factor());
        try {
            return bytes.setScale(0, RoundingMode.CEILING).longValueExact();
        } catch (ArithmeticException e) {
            throw UnusableSizeException.tooLarge(imageBytes);
        }
    }

    /** Size of the largest image that a volume holds: what is left without the overhead, rounded down to 1 MiB. */
    public long usable(long volumeBytes) {
        return Bytes.roundDownToMebi(
                BigDecimal.valueOf(volumeBytes).divide(factor(), 0, RoundingMode.CEILING).longValueExact());
    }

    /** As it stands in CDIConfig. */
    @Override
    public String toString() {
        return fraction.toPlainString();
    }

    private BigDecimal factor() {
        return BigDecimal.ONE.add(fraction);
    }
}
