package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Address ranges that must not be connected to, checked on the addresses a name resolves to. The connection then
 * goes to a checked address, so that a second look-up cannot answer otherwise.
 */
public final class AddressPolicy {

    private final List<Cidr> denied;

    private AddressPolicy(List<Cidr> denied) {
        this.denied = denied;
    }

    /**
     * @param ranges {@code address/bits} or literal addresses
     * @throws IllegalArgumentException when one is neither
     */
    public static AddressPolicy denying(List<String> ranges) {
        return new AddressPolicy(ranges.stream()
                .map(range -> Cidr.parse(range.strip()).orElseThrow(
                        () -> new IllegalArgumentException("'" + range + "' is not an address range like 10.0.0.0/8")))
                .toList());
    }

    /** Whether anything is denied at all. */
    public boolean isEmpty() {
        return denied.isEmpty();
    }

    public boolean permits(InetAddress address) {
        return denied.stream().noneMatch(range -> range.contains(address));
    }

    /**
     * The permitted addresses of a host, in the resolver's order; at least one. Blocks.
     *
     * @param host name or literal address, IPv6 with or without brackets
     * @throws UnknownHostException when the name does not resolve
     * @throws NeedsUserException with reason ACCESS_DENIED when all its addresses are denied
     */
    public List<InetAddress> resolve(String host) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(host);
        List<InetAddress> permitted = Arrays.stream(all).filter(this::permits).toList();
        if (permitted.isEmpty()) {
            throw new NeedsUserException(Reason.ACCESS_DENIED, "Did not connect to " + host + ": its address "
                    + all[0].getHostAddress() + " is in a denied range; use another host or change the denied ranges");
        }
        return permitted;
    }
}
