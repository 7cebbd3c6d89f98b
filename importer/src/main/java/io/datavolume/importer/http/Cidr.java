package io.datavolume.importer.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of IPv4 or IPv6 addresses
 * (<a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, 3.1</a>).
 *
 * @param address any address of the range
 * @param prefix bits that all addresses of the range share
 */
record Cidr(InetAddress address, int prefix) {

    /** Bits before the IPv4 address in one that is mapped into IPv6 (RFC 4291, 2.5.5.2) or translated to it. */
    private static final int EMBEDDED = 96;
    /** <a href="https://www.rfc-editor.org/rfc/rfc6052#section-2.1">RFC 6052, 2.1</a>: gateways lead to the IPv4 address. */
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Empty unless the text is {@code address/bits} or a literal address; names are not looked up. */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bits = address.getAddress().length * 8;
            // Java takes ::ffff:10.0.0.0 for the IPv4 address that it is, and its bits must be taken alike.
            int before = bits < EMBEDDED && text.indexOf(':') >= 0 ? EMBEDDED : 0;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)) - before;
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Cidr(address, prefix));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length < theirs.length && Arrays.equals(TRANSLATED, Arrays.copyOf(theirs, TRANSLATED.length))) {
            theirs = Arrays.copyOfRange(theirs, TRANSLATED.length, theirs.length);
        }
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = 0xff << Math.max(0, 8 - (prefix - bit));
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
