package io.weir.cli.status;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.schemas.connect.ConnectionFaults;
import io.weir.schemas.connect.KafkaConnection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What is asked of Kafka's brokers. */
@FunctionalInterface
interface KafkaQuestion<T> {
    T answer(Admin admin) throws ExecutionException, InterruptedException;

    /**
     * The answer.
     *
     * @param subject for the message, such as {@code how Kafka is}
     * @throws CommandException if Kafka refuses or does not answer
     */
    static <T> T ask(KafkaConnection connection, String subject, KafkaQuestion<T> question) {
        try (Admin admin = Admin.create(connection.adminConfig("weir-status"))) {
            return question.answer(admin);
        } catch (ExecutionException e) {
            Throwable cause = Failures.unwrap(e);
            throw new CommandException(
                    "cannot tell " + subject + ": " + Failures.describe(cause)
                            + ConnectionFaults.advice(cause).map(a -> "; " + a).orElse(""),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while asking Kafka", e);
        }
    }
}
