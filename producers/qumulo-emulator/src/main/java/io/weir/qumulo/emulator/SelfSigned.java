package io.weir.qumulo.emulator;

import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate that nobody vouches for, as a new cluster has. */
record SelfSigned(SSLContext context, String pem) {
    /** For {@code localhost} and the loopback address. */
    static SelfSigned make() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .commonName("qumulo-emulator")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName(InetAddress.getLoopbackAddress().getHostAddress())
                .build();
        var server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        return new SelfSigned(server.sslContext(), certificate.certificatePem());
    }
}
