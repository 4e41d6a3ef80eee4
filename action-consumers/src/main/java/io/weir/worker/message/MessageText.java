package io.weir.worker.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.weir.posix.PathText;
import io.weir.rules.Escape;
import io.weir.rules.Template;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Texts of rules, filled in so that what a file is called never becomes more than text. */
final class MessageText {
    /** Controls and what reverses the direction of writing: a name must not hide its end. */
    private static final String INVISIBLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    private MessageText() {}

    /** As it is, but for bytes that are no text. */
    static final Escape PLAIN = (value, kind) -> PathText.display(value);

    /** In one line: for subjects and addresses, where a line break would begin another header. */
    static final Escape LINE = (value, kind) -> PathText.display(value).replaceAll(INVISIBLE, "\uFFFD");

    /** What Slack reads as a link or a mention becomes the characters themselves. */
    static final Escape SLACK = (value, kind) -> xml(PathText.display(value));

    /** For a body of this media type, so that a value ends where the author meant it to. */
    static Escape forType(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        type = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        if (type.endsWith("/json") || type.endsWith("+json")) {
            return (value, kind) -> json(PathText.display(value));
        }
        if (type.endsWith("/xml") || type.endsWith("+xml") || type.equals("text/html")) {
            return (value, kind) ->
                    xml(PathText.display(value)).replace("\"", "&quot;").replace("'", "&#39;");
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return (value, kind) -> URLEncoder.encode(PathText.display(value), StandardCharsets.UTF_8);
        }
        return PLAIN;
    }

    private static String json(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    private static String xml(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A template for the event of a request. */
    static String fill(ActionContext context, String template, Escape escape) throws ActionException {
        try {
            return Template.parse(template)
                    .fill(context.event(), context.request().getRule(), escape);
        } catch (IllegalArgumentException e) {
            throw ActionException.refused(e.getMessage() + "; mend the rule");
        }
    }
}
