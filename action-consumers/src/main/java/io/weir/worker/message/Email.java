package io.weir.worker.message;

import io.weir.rules.text.Durations;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.settings.MailServer;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code email: {to: ops@example.com}}: sends a mail, or with {@code digest} one for all requests of a rule within a time. At
 * least once, with a {@code Message-ID} made of the action id.
 */
public final class Email implements ActionModule {
    static final String TO = "to";
    static final String SUBJECT = "subject";
    static final String BODY = "body";
    static final String DIGEST = "digest";
    private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]+@[\\x21-\\x7e]+");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final MailTransport transport = new MailTransport();

    @Override
    public String name() {
        return "email";
    }

    @Override
    public String summary() {
        return "Sends a mail, or one for all requests of a rule within a time.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(TO, Shape.LIST, true, "Addresses of the recipients, with placeholders."),
                new Parameter(SUBJECT, Shape.TEXT, false, "With placeholders; what happened to what, by default."),
                new Parameter(BODY, Shape.TEXT, false, "With placeholders; the event's fields by default."),
                new Parameter(
                        DIGEST,
                        Shape.TEXT,
                        false,
                        "At most one mail in so long, such as 1h, with the count and the first paths."));
    }

    @Override
    public boolean needsVolume() {
        return false;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>();
        if (parameters.get(TO) instanceof List<?> to) {
            if (to.isEmpty()) {
                faults.add("to: expected at least one address");
            }
            // What a placeholder stands for is only known later; a name takes its place.
            to.stream()
                    .map(String::valueOf)
                    .filter(address -> !isAddress(address.replaceAll("\\{[^{}]*}", "x")))
                    .forEach(
                            address -> faults.add("to='" + address + "': expected an address such as ops@example.com"));
        }
        String subject = String.valueOf(parameters.getOrDefault(SUBJECT, ""));
        if (subject.contains("\n") || subject.contains("\r")) {
            faults.add("subject: expected one line");
        }
        if (parameters.containsKey(DIGEST)) {
            digestFault(String.valueOf(parameters.get(DIGEST))).ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<String> digestFault(String text) {
        try {
            Duration digest = Durations.parse(text);
            return digest.compareTo(SHORTEST) < 0 || digest.compareTo(LONGEST) > 0
                    ? Optional.of("digest='" + text + "': expected 1s to 7d")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("digest: " + e.getMessage());
        }
    }

    @Override
    public Optional<Duration> gathering(Map<String, Object> parameters) {
        return Optional.ofNullable(parameters.get(DIGEST)).map(digest -> Durations.parse(String.valueOf(digest)));
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException {
        MailServer server = context.settings()
                .mail()
                .orElseThrow(() -> ActionException.refused(
                        "this worker's settings have no 'mail'; set it, or leave mails to another worker"));
        List<String> to = recipients(context, server);
        MailText text = MailText.of(context);
        return ActionPlan.steps(List.of(new MailDelivery(transport, server, to, text, context.request())));
    }

    private static List<String> recipients(ActionContext context, MailServer server) throws ActionException {
        List<String> recipients = new ArrayList<>();
        if (context.parameters().get(TO) instanceof List<?> to) {
            for (Object template : to) {
                recipients.add(recipient(context, server, String.valueOf(template)));
            }
        }
        if (recipients.isEmpty()) {
            throw ActionException.refused("to: expected at least one address; mend the rule");
        }
        return recipients;
    }

    private static String recipient(ActionContext context, MailServer server, String template) throws ActionException {
        String address = MessageText.fill(context, template, MessageText.LINE);
        if (!isAddress(address)) {
            throw ActionException.refused("to='" + template + "' gives '" + address + "', which is no mail address");
        }
        Optional<String> refusal = server.refusal(address);
        if (refusal.isPresent()) {
            throw ActionException.refused(refusal.get());
        }
        return address;
    }

    /** One address, with no name beside it: what a placeholder stands for cannot add another. */
    private static boolean isAddress(String text) {
        if (!ASCII.matcher(text).matches()) {
            return false;
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length != 1 || !text.equals(parsed[0].getAddress()) || text.startsWith("\"")) {
                return false;
            }
            parsed[0].validate();
            return true;
        } catch (AddressException e) {
            return false;
        }
    }
}
