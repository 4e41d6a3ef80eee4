package io.weir.cli.acl;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.schemas.connect.ConnectionFaults;
import io.weir.schemas.connect.KafkaConnection;
import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** The rights that a cluster has given. Belongs to one thread. */
final class ClusterAcls implements Closeable {
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Admin admin;

    ClusterAcls(KafkaConnection connection) {
        admin = Admin.create(connection.adminConfig("weir-acls"));
    }

    /** @throws CommandException if this user may not see them, or the cluster has none */
    Set<AclBinding> all() {
        return new HashSet<>(get(
                "read the rights (DESCRIBE on the cluster is needed)",
                admin.describeAcls(AclBindingFilter.ANY).values()));
    }

    /** @throws CommandException if this user may not give them */
    void give(Collection<AclBinding> acls) {
        get(
                "give rights (ALTER on the cluster is needed)",
                admin.createAcls(acls).all());
    }

    private static <T> T get(String what, Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = Failures.unwrap(e);
            String advice = cause instanceof SecurityDisabledException
                    ? "; set authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer on brokers and"
                            + " controllers: without it everybody may do everything"
                    : ConnectionFaults.advice(cause).map(text -> "; " + text).orElse("");
            throw new CommandException("cannot " + what + ": " + Failures.describe(cause) + advice, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while waiting for Kafka", e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
