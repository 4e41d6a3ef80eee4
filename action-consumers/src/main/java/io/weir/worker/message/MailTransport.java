package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.worker.settings.MailServer;
import io.weir.worker.settings.MailServer.Login;
import io.weir.worker.settings.MailServer.Tls;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Properties;

/** Hands mails to an SMTP server, each over a connection of its own. Safe for all threads. */
final class MailTransport {
    /** The settings of Jakarta Mail for a server; nothing comes from the JVM's system properties. */
    Session session(MailServer server) throws IOException {
        String timeout = Long.toString(server.timeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.tls() == Tls.IMPLICIT));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // With another factory it would only fail again, and hide why.
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        // All recipients or none: a mail that some have would come to them again with each attempt.
        properties.put("mail.smtp.sendpartial", "false");
        properties.put("mail.mime.allowutf8", "false");
        if (server.certificates().isPresent()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    TrustedCertificates.of(server.certificates().get()).sockets());
        }
        return Session.getInstance(properties);
    }

    /** @throws MessagingException if the server did not take it */
    void send(MailServer server, MimeMessage message) throws MessagingException {
        try (Transport transport = message.getSession().getTransport()) {
            if (server.login().isPresent()) {
                Login login = server.login().get();
                transport.connect(login.user(), new String(login.password().bytes(), UTF_8));
            } else {
                transport.connect();
            }
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
