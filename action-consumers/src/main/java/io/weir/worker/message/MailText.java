package io.weir.worker.message;

import io.weir.rules.Escape;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.Gathered;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a mail says.
 *
 * @param subject one line
 * @param body lines with LF between them
 */
record MailText(String subject, String body) {
    private static final String DEFAULT_SUBJECT = "[weir] {rule.id}: {event.type} {event.path}";
    private static final String DEFAULT_BODY =
            """
            {event.type} {event.path}

            volume: {event.volume}
            size:   {event.size}
            owner:  {event.owner}
            host:   {event.host}
            time:   {time:yyyy-MM-dd HH:mm:ss} UTC
            rule:   {rule.id}
            """;
    /** Mail servers take 998 bytes in a line (RFC 5322); encoded, this stays well below. */
    private static final int LONGEST_SUBJECT = 200;

    static MailText of(ActionContext context) throws ActionException {
        Optional<Gathered> gathered = context.gathered();
        return gathered.isPresent() ? ofMany(context, gathered.get()) : ofOne(context);
    }

    private static MailText ofOne(ActionContext context) throws ActionException {
        return new MailText(
                cut(MessageText.fill(context, subject(context), MessageText.LINE)),
                MessageText.fill(context, context.text(Email.BODY).orElse(DEFAULT_BODY), MessageText.PLAIN));
    }

    /** Placeholders speak of the first event. */
    private static MailText ofMany(ActionContext context, Gathered gathered) throws ActionException {
        long more = gathered.count() - 1;
        String subject = cut(MessageText.fill(context, subject(context), MessageText.LINE))
                + (more == 0 ? "" : " and " + more + " more");
        StringBuilder body = new StringBuilder();
        Optional<String> own = context.text(Email.BODY);
        if (own.isPresent()) {
            body.append(MessageText.fill(context, own.get(), MessageText.PLAIN)).append("\n\n");
        }
        body.append(gathered.count())
                .append(gathered.count() == 1 ? " event" : " events")
                .append(" of rule ")
                .append(context.request().getRule())
                .append(" since ")
                .append(DateTimeFormatter.ISO_INSTANT.format(gathered.from().truncatedTo(ChronoUnit.SECONDS)))
                .append(":\n\n");
        gathered.paths().forEach(path -> body.append("  ")
                .append(MessageText.LINE.escape(path, Escape.Kind.PATH))
                .append('\n'));
        long left = gathered.count() - gathered.paths().size();
        if (left > 0) {
            body.append("  … and ").append(left).append(" more\n");
        }
        return new MailText(subject, body.toString());
    }

    private static String subject(ActionContext context) {
        return context.text(Email.SUBJECT).orElse(DEFAULT_SUBJECT);
    }

    private static String cut(String subject) {
        return subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT
                ? subject
                : subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT)) + "…";
    }
}
