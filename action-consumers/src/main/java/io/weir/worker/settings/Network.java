package io.weir.worker.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a range of one.
 *
 * @param address the first one
 * @param prefix how many of its leading bits all have in common
 */
public record Network(InetAddress address, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

    /**
     * Reads one; asks no name server.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Network parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int slash = lower.indexOf('/');
        String literal = slash < 0 ? lower : lower.substring(0, slash);
        try {
            if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
                throw new UnknownHostException();
            }
            InetAddress address = InetAddress.getByName(literal);
            int bits = address.getAddress().length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(lower.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new UnknownHostException();
            }
            return new Network(address, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': expected an address or a range of addresses, such as 10.0.0.0/8 or fd00::/8", e);
        }
    }

    /** Whether an address is in the range. An IPv4 address is never in a range of IPv6 addresses. */
    public boolean contains(InetAddress other) {
        byte[] a = address.getAddress();
        byte[] b = other.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
