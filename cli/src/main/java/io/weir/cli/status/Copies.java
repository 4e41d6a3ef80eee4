package io.weir.cli.status;

import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/** Whether all copies of Weir's topics are there, as the cluster's controller has it. */
final class Copies {
    private static final String OURS = "weir.";
    /** As the topics are made: of three copies, two must have a record before it is acknowledged. */
    private static final int COPIES_THAT_ALLOW_A_LOSS = 3;

    private Copies() {}

    /**
     * What is wrong with them, for people; empty if nothing is.
     *
     * @throws CommandException if Kafka refuses or does not answer
     */
    static List<String> faults(KafkaConnection connection) {
        return KafkaQuestion.ask(connection, "how Kafka is", admin -> {
            List<String> names = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(OURS))
                    .toList();
            return faults(admin.describeTopics(names).allTopicNames().get().values());
        });
    }

    static List<String> faults(Collection<TopicDescription> topics) {
        List<TopicPartitionInfo> all =
                topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
        List<TopicPartitionInfo> lacking =
                all.stream().filter(p -> p.isr().size() < p.replicas().size()).toList();
        if (lacking.isEmpty()) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        String away = ids(lacking, Copies::isAway);
        String behind = ids(lacking, node -> !isAway(node));
        long dead = lacking.stream().filter(p -> isAway(p.leader())).count();
        long readOnly = lacking.stream()
                .filter(p -> !isAway(p.leader()) && p.isr().size() < needed(p))
                .count();
        String count = lacking.size() + " of " + all.size() + " partitions lack a copy";
        if (!away.isEmpty()) {
            faults.add("Kafka: broker " + away + " is away, and " + count
                    + "; start it again, or mend what keeps it away");
        } else {
            faults.add("Kafka: broker " + behind + " is behind, and " + count
                    + " until it has caught up; if it does not, look at its log and disk");
        }
        if (dead + readOnly > 0) {
            faults.add("Kafka: " + (dead + readOnly) + " of " + all.size()
                    + " partitions take nothing (" + dead + " have no leader, " + readOnly
                    + " fewer copies in sync than min.insync.replicas asks for); what is in them waits until more brokers"
                    + " are back");
        }
        return faults;
    }

    private static int needed(TopicPartitionInfo partition) {
        return partition.replicas().size() >= COPIES_THAT_ALLOW_A_LOSS ? 2 : 1;
    }

    /** The brokers of copies that are not in sync. */
    private static String ids(List<TopicPartitionInfo> lacking, Predicate<Node> which) {
        TreeSet<Integer> ids = new TreeSet<>();
        for (TopicPartitionInfo partition : lacking) {
            partition.replicas().stream()
                    .filter(node -> !partition.isr().contains(node) && which.test(node))
                    .forEach(node -> ids.add(node.id()));
        }
        return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static boolean isAway(@Nullable Node node) {
        return node == null || node.isEmpty() || node.host().isEmpty();
    }
}
