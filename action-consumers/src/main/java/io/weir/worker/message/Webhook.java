package io.weir.worker.message;

import io.weir.rules.Template;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.settings.WebhookEndpoint;
import io.weir.worker.settings.WebhookPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;

/**
 * {@code webhook: {to: NAME}}: sends the event to an address on the web, by HTTP POST. At least once, with the action id as
 * {@code Idempotency-Key}.
 */
public final class Webhook implements ActionModule {
    static final String TO = "to";
    static final String FORMAT = "format";
    static final String TEXT = "text";
    static final String CONTENT_TYPE = "content-type";

    private final WebhookClient client;

    /** For {@code ServiceLoader}. */
    public Webhook() {
        this(Dns.SYSTEM, Clock.systemUTC());
    }

    /** For tests: with other answers to the question where a host is. */
    Webhook(Dns dns, Clock clock) {
        this.client = new WebhookClient(dns, clock);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String summary() {
        return "Sends the event to an address on the web, by HTTP POST: as CloudEvent, to Slack, to Teams, or as any text.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        TO,
                        Shape.TEXT,
                        true,
                        "Name of one of the worker's webhooks, or an address whose host the worker allows."),
                new Parameter(FORMAT, Shape.TEXT, false, "cloudevents (the default), slack, teams or generic."),
                new Parameter(TEXT, Shape.TEXT, false, "What slack, teams and generic send, with placeholders."),
                new Parameter(CONTENT_TYPE, Shape.TEXT, false, "Media type of a generic text; text/plain by default."));
    }

    @Override
    public boolean needsVolume() {
        return false;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>();
        String to = String.valueOf(parameters.get(TO));
        targetFault(to).ifPresent(fault -> faults.add("to='" + to + "': " + fault));
        String word = String.valueOf(parameters.getOrDefault(FORMAT, WebhookFormat.CLOUDEVENTS.word()));
        Optional<WebhookFormat> format = WebhookFormat.of(word);
        if (format.isEmpty()) {
            faults.add("format='" + word + "': expected one of " + WebhookFormat.words());
        }
        boolean generic = format.filter(WebhookFormat.GENERIC::equals).isPresent();
        if (generic && !parameters.containsKey(TEXT)) {
            faults.add("format='generic': expected a 'text' to send");
        }
        if (format.filter(WebhookFormat.CLOUDEVENTS::equals).isPresent() && parameters.containsKey(TEXT)) {
            faults.add("text: format cloudevents sends the event; expected format slack, teams or generic with it");
        }
        if (parameters.containsKey(CONTENT_TYPE)) {
            String type = String.valueOf(parameters.get(CONTENT_TYPE));
            if (!generic || MediaType.parse(type) == null) {
                faults.add("content-type='" + type
                        + "': expected a media type such as application/json, with format generic");
            }
        }
        return faults;
    }

    private static Optional<String> targetFault(String to) {
        if (Template.parse(to).hasPlaceholders()) {
            return Optional.of("expected no placeholders: where a message goes is not for an event to say");
        }
        if (!to.contains("://")) {
            return WebhookEndpoint.NAME.matcher(to).matches()
                    ? Optional.empty()
                    : Optional.of("expected the name of one of the worker's webhooks, or an address with http(s)://");
        }
        try {
            WebhookEndpoint.url(to);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException {
        WebhookEndpoint endpoint = endpoint(context);
        String word = context.text(FORMAT).orElse(WebhookFormat.CLOUDEVENTS.word());
        WebhookFormat format = WebhookFormat.of(word)
                .orElseThrow(() -> ActionException.refused(
                        "format='" + word + "': expected one of " + WebhookFormat.words() + "; mend the rule"));
        return ActionPlan.steps(List.of(new WebhookDelivery(
                client,
                endpoint,
                context.settings().webhooks().networks(),
                context.request().getId(),
                format.body(context))));
    }

    private static WebhookEndpoint endpoint(ActionContext context) throws ActionException {
        WebhookPolicy policy = context.settings().webhooks();
        String to = context.text(TO).orElse("");
        if (!to.contains("://")) {
            WebhookEndpoint endpoint = policy.endpoints().get(to);
            if (endpoint == null) {
                throw ActionException.refused("to='" + to + "': not among the 'webhooks' of this worker's settings,"
                        + " which are " + new TreeSet<>(policy.endpoints().keySet()));
            }
            return endpoint;
        }
        HttpUrl url;
        try {
            url = WebhookEndpoint.url(to);
        } catch (IllegalArgumentException e) {
            throw ActionException.refused("to: " + e.getMessage() + "; mend the rule");
        }
        Optional<String> refusal = policy.refusal(url);
        if (refusal.isPresent()) {
            throw ActionException.refused(refusal.get());
        }
        return WebhookEndpoint.of(url);
    }
}
