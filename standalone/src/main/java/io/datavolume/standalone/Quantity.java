package io.datavolume.standalone;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as Kubernetes writes it: {@code 20Gi}, {@code 1.5G}, {@code 1e9}, {@code 500}
 * (<a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>).
 *
 * @param bytes 1 or more; a fraction of a byte is rounded up
 */
record Quantity(long bytes) {

    /** Bounded, so that no text makes a number of millions of digits. */
    private static final Pattern SYNTAX = Pattern
            .compile("\\+?([0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})(?:([eE][+-]?[0-9]{1,3})|([A-Za-z]*))");

    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(Map.entry("", BigDecimal.ONE),
            Map.entry("m", new BigDecimal("0.001")), decimal("k", 3), decimal("M", 6), decimal("G", 9),
            decimal("T", 12), decimal("P", 15), decimal("E", 18), binary("Ki", 10), binary("Mi", 20),
            binary("Gi", 30), binary("Ti", 40), binary("Pi", 50), binary("Ei", 60));

    private static Map.Entry<String, BigDecimal> decimal(String suffix, int digits) {
        return Map.entry(suffix, BigDecimal.ONE.movePointRight(digits));
    }

    private static Map.Entry<String, BigDecimal> binary(String suffix, int bits) {
        return Map.entry(suffix, new BigDecimal(BigInteger.ONE.shiftLeft(bits)));
    }

    /** @throws IllegalArgumentException with a message for people when the text is no quantity of bytes */
    static Quantity parse(String text) {
        Matcher match = SYNTAX.matcher(text.strip());
        if (!match.matches()) {
            throw bad(text, "it is not a number with a suffix");
        }
        BigDecimal number = new BigDecimal(match.group(1));
        BigDecimal unit;
        if (match.group(2) != null) {
            unit = new BigDecimal("1" + match.group(2));
        } else {
            unit = SUFFIXES.get(match.group(3));
            if (unit == null) {
                throw bad(text, "the suffix " + match.group(3) + " is unknown");
            }
        }
        BigInteger bytes = number.multiply(unit).setScale(0, RoundingMode.CEILING).toBigInteger();
        if (bytes.signum() == 0) {
            throw bad(text, "it is 0");
        }
        if (bytes.bitLength() > Long.SIZE - 1) {
            throw bad(text, "it is more than 2^63-1 bytes");
        }
        return new Quantity(bytes.longValueExact());
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is no size: " + why
                + ". Write bytes as Kubernetes does: 20Gi, 500Mi, 1.5G, 1e9, 1073741824 (suffixes Ki Mi Gi Ti Pi Ei k"
                + " M G T P E m)");
    }
}
