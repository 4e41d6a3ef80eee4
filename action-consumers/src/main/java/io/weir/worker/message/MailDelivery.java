package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.settings.MailServer;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One mail. */
final class MailDelivery implements Step {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final MailTransport transport;
    private final MailServer server;
    private final List<String> to;
    private final MailText text;
    private final ActionRequest request;

    MailDelivery(MailTransport transport, MailServer server, List<String> to, MailText text, ActionRequest request) {
        this.transport = transport;
        this.server = server;
        this.to = to;
        this.text = text;
        this.request = request;
    }

    /** It changes no files. */
    @Override
    public Effect effect() {
        return new Effect.Scope(List.of());
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        try {
            MimeMessage message = message(transport.session(server));
            transport.send(server, message);
            return Optional.of(
                    new Applied(effect(), Map.of(), "mail " + message.getMessageID() + " to " + String.join(", ", to)));
        } catch (MessagingException e) {
            throw MailFailure.of("mail server '" + server.host() + ":" + server.port() + "'", e);
        }
    }

    private MimeMessage message(Session session) throws MessagingException {
        MimeMessage message = new WithId(session, id());
        message.setFrom(new InternetAddress(server.from()));
        for (String recipient : to) {
            message.addRecipient(RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(text.subject(), UTF_8.name());
        message.setText(text.body().replace("\r\n", "\n").replace("\n", "\r\n"), UTF_8.name());
        message.setHeader("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        // So that no automatic answer comes back (RFC 3834; the second is for Exchange).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("X-Weir-Rule", request.getRule());
        message.setHeader("X-Weir-Action", request.getId());
        message.saveChanges();
        return message;
    }

    /** The same for each attempt, so that a mail sent twice shows as one. */
    private String id() {
        String domain = server.from().substring(server.from().indexOf('@') + 1);
        return "<weir." + request.getId() + "@" + domain + ">";
    }

    /** Jakarta Mail would make an id of its own. */
    private static final class WithId extends MimeMessage {
        private final String id;

        WithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
