package io.weir.worker.message;

import io.weir.worker.settings.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from all others, by IANA's registries of special-purpose addresses (RFC 6890 and
 * its successors). Of IPv6, what is not global unicast (2000::/3) is not public.
 */
final class PublicAddresses {
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");
    /** IPv4 addresses behind a translator (RFC 6052): as public as the address in the last four bytes. */
    private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

    private PublicAddresses() {}

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16 && TRANSLATED.contains(address)) {
            return contain(fourBytes(Arrays.copyOfRange(bytes, 12, 16)));
        }
        boolean unicast = bytes.length == 4 || GLOBAL_UNICAST.contains(address);
        return unicast && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress fourBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("four bytes are an address", e);
        }
    }
}
