package io.weir.worker.message;

import io.weir.worker.settings.Network;
import io.weir.worker.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Sockets that connect to public addresses and to listed networks only. The address is judged that is connected to, however
 * it was written and whatever a name server said a moment before. Two with the same networks are equal, so that connections
 * are shared.
 */
final class GuardedSockets extends SocketFactory {
    private final Setting<List<Network>> networks;

    /** @param networks addresses that are allowed although they are not public */
    GuardedSockets(Setting<List<Network>> networks) {
        this.networks = networks;
    }

    /** The address is not public, and not listed. */
    static final class ForbiddenAddressException extends IOException {
        ForbiddenAddressException(String message) {
            super(message);
        }
    }

    private void check(SocketAddress address) throws ForbiddenAddressException {
        InetAddress ip = address instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (ip == null) {
            throw new ForbiddenAddressException("'" + address + "' is no resolved address");
        }
        boolean listed = networks.value().stream().anyMatch(network -> network.contains(ip));
        if (!listed && !PublicAddresses.contain(ip)) {
            throw new ForbiddenAddressException("address " + ip.getHostAddress()
                    + " is not public, and in none of 'webhook-networks' " + networks.value() + " (" + networks.place()
                    + ")");
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                check(endpoint);
                super.connect(endpoint, timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("sockets are made first and connected then");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket(address, port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GuardedSockets sockets && networks.equals(sockets.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }
}
