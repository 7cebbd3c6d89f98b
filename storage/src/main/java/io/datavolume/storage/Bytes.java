package io.datavolume.storage;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes of storage in bytes, read exactly. (The client library's own reading goes through floating point and is off by
 * some bytes from 1Ei on.)
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public final class Bytes {

    public static final long MEBI = 1L << 20;

    private static final int MAX_LENGTH = 64;
    private static final Pattern GRAMMAR = Pattern
            .compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,3}))?");
    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Bytes() {}

    /**
     * Whole bytes of a quantity, a part of one counted as one.
     *
     * @param field where it stands, for the message
     * @throws UnusableSizeException if it is no quantity, negative, or above 2^63-1
     */
    public static long of(String field, Quantity quantity) {
        return parse(field, text(quantity));
    }

    /** The same for a quantity that stands somewhere as text. */
    public static long parse(String field, String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw new UnusableSizeException(field, text, "is not a quantity; write a number and, if wanted, one of the "
                    + "units Ki Mi Gi Ti Pi Ei (powers of 1024) or k M G T P E (powers of 1000), such as 10Gi");
        }
        BigDecimal bytes = value(matcher);
        if (bytes.signum() < 0) {
            throw new UnusableSizeException(field, text, "is negative; write the number of bytes that are wanted");
        }
        if (bytes.compareTo(MAX) > 0) {
            throw new UnusableSizeException(field, text, "is more than a volume can have, 2^63-1 bytes");
        }
        return bytes.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** A number of bytes as a quantity without a unit. */
    public static Quantity quantity(long bytes) {
        return new Quantity(Long.toString(bytes));
    }

    /**
     * The next multiple of 1 MiB.
     *
     * @throws UnusableSizeException if that is above 2^63-1
     */
    public static long roundUpToMebi(long bytes) {
        long above = Math.floorMod(-bytes, MEBI);
        if (bytes > Long.MAX_VALUE - above) {
            throw UnusableSizeException.tooLarge(bytes);
        }
        return bytes + above;
    }

    /** The multiple of 1 MiB below. */
    public static long roundDownToMebi(long bytes) {
        return bytes - bytes % MEBI;
    }

    private static BigDecimal value(Matcher matcher) {
        BigDecimal number = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2);
        if (matcher.group(3) != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3)));
        }
        if (unit == null) {
            return number;
        }
        int binary = BINARY.indexOf(unit);
        return binary >= 0
                ? number.multiply(BigDecimal.valueOf(1L << (10 * (binary + 1))))
                : number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(unit) - DECIMAL.indexOf("")));
    }

    private static String text(Quantity quantity) {
        String amount = quantity.getAmount();
        String format = quantity.getFormat();
        return (amount == null ? "" : amount) + (format == null ? "" : format);
    }
}
