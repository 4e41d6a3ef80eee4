package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the body of a webhook is. */
enum WebhookFormat {
    /** The event as a CloudEvent. */
    CLOUDEVENTS {
        @Override
        Body body(ActionContext context) {
            return new Body(CloudEvent.MEDIA_TYPE, json(CloudEvent.of(context.request())));
        }
    },
    /** A message for Slack's incoming webhooks. */
    SLACK {
        @Override
        Body body(ActionContext context) throws ActionException {
            String text = MessageText.fill(context, text(context), MessageText.SLACK);
            return new Body(JSON_TYPE, json(JSON.createObjectNode().put("text", text)));
        }
    },
    /** A message with an Adaptive Card for a workflow of Microsoft Teams. */
    TEAMS {
        @Override
        Body body(ActionContext context) throws ActionException {
            return new Body(JSON_TYPE, json(card(MessageText.fill(context, text(context), MessageText.PLAIN))));
        }
    },
    /** Whatever the rule's author writes. */
    GENERIC {
        @Override
        Body body(ActionContext context) throws ActionException {
            String type = context.text(Webhook.CONTENT_TYPE).orElse(DEFAULT_TYPE);
            return new Body(
                    type,
                    MessageText.fill(context, text(context), MessageText.forType(type))
                            .getBytes(UTF_8));
        }
    };

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String DEFAULT_TYPE = "text/plain; charset=utf-8";
    private static final String DEFAULT_TEXT = "{event.type} {event.path} on {event.volume} (rule {rule.id})";

    /** What is sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(String type, byte[] bytes) {}

    abstract Body body(ActionContext context) throws ActionException;

    /** As rules write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<WebhookFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(WebhookFormat::word).toList();
    }

    private static String text(ActionContext context) {
        return context.text(Webhook.TEXT).orElse(DEFAULT_TEXT);
    }

    /** Text runs take no Markdown, so that a file's name cannot be a link. */
    private static ObjectNode card(String text) {
        ObjectNode run = JSON.createObjectNode().put("type", "TextRun").put("text", text);
        ObjectNode block = JSON.createObjectNode().put("type", "RichTextBlock");
        block.putArray("inlines").add(run);
        ObjectNode card = JSON.createObjectNode()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        card.putArray("body").add(block);
        ObjectNode attachment = JSON.createObjectNode().put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.set("content", card);
        ObjectNode message = JSON.createObjectNode().put("type", "message");
        message.putArray("attachments").add(attachment);
        return message;
    }

    private static byte[] json(JsonNode node) {
        return node.toString().getBytes(UTF_8);
    }
}
