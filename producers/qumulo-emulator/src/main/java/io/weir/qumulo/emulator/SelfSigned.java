package io.weir.qumulo.emulator;

import java.net.InetAddress;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate that nobody vouches for, as a new cluster has. */
record SelfSigned(SSLContext context, String pem) {
    /** For {@code localhost}, the loopback address and the host. */
    static SelfSigned make(String host) {
        var certificate = new HeldCertificate.Builder().commonName("qumulo-emulator");
        Stream.of("localhost", InetAddress.getLoopbackAddress().getHostAddress(), host)
                .distinct()
                .forEach(certificate::addSubjectAlternativeName);
        HeldCertificate held = certificate.build();
        var server = new HandshakeCertificates.Builder().heldCertificate(held).build();
        return new SelfSigned(server.sslContext(), held.certificatePem());
    }
}
