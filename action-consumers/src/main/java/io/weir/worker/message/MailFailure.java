package io.weir.worker.message;

import io.weir.worker.ActionException;
import io.weir.worker.RemoteFailureException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** What a mail that was not sent means: SMTP's replies 4xx are for now, 5xx for good (RFC 5321, section 4.2.1). */
final class MailFailure {
    private MailFailure() {}

    /**
     * @return to be tried again
     * @throws ActionException if that would fail again
     */
    static RemoteFailureException of(String what, MessagingException failure) throws ActionException {
        List<Throwable> all = all(failure);
        String why = what + ": " + reason(all);
        if (all.stream().anyMatch(CertificateException.class::isInstance)) {
            throw ActionException.failed(why
                    + "; mend its certificate, or name its authority as 'ca-file' of 'mail' in the worker's settings");
        }
        boolean permanent = all.stream().map(MailFailure::code).anyMatch(c -> c.isPresent() && c.getAsInt() >= 500);
        if (permanent) {
            throw ActionException.failed(why);
        }
        return new RemoteFailureException(why, failure);
    }

    /** Jakarta Mail chains what happened to each recipient beside the causes. */
    private static List<Throwable> all(@Nullable Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        collect(failure, all);
        return all;
    }

    private static void collect(@Nullable Throwable failure, List<Throwable> all) {
        if (failure != null && !all.contains(failure)) {
            all.add(failure);
            collect(failure.getCause(), all);
            if (failure instanceof MessagingException messaging) {
                collect(messaging.getNextException(), all);
            }
        }
    }

    private static OptionalInt code(Throwable failure) {
        if (failure instanceof SMTPSendFailedException send) {
            return OptionalInt.of(send.getReturnCode());
        }
        if (failure instanceof SMTPAddressFailedException address) {
            return OptionalInt.of(address.getReturnCode());
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return OptionalInt.of(sender.getReturnCode());
        }
        String text = String.valueOf(failure.getMessage()).strip();
        return failure instanceof AuthenticationFailedException && text.matches("(?s)[45][0-9]{2}[ -].*")
                ? OptionalInt.of(Integer.parseInt(text.substring(0, 3)))
                : OptionalInt.empty();
    }

    private static String reason(List<Throwable> all) {
        return String.join(
                "; ",
                all.stream()
                        .map(failure ->
                                String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " "))
                        .distinct()
                        .limit(4)
                        .toList());
    }
}
