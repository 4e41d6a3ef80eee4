package io.weir.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private static final Node ONE = new Node(1, "kafka1", 9092);
    private static final Node TWO = new Node(2, "kafka2", 9092);
    private static final Node THREE = new Node(3, "kafka3", 9092);
    /** As a client is told of a broker that the controller takes for dead. */
    private static final Node TWO_AWAY = new Node(2, "", -1);

    private static final Node THREE_AWAY = new Node(3, "", -1);

    private static TopicPartitionInfo partition(int number, Node leader, List<Node> replicas, List<Node> inSync) {
        return new TopicPartitionInfo(number, leader, replicas, inSync);
    }

    private static List<String> faults(TopicPartitionInfo... partitions) {
        return Copies.faults(List.of(new TopicDescription("weir.file-events", false, List.of(partitions))));
    }

    @Test
    void nothingIsSaidOfAClusterThatHasAllCopies() {
        List<Node> all = List.of(ONE, TWO, THREE);
        assertThat(faults(partition(0, ONE, all, all), partition(1, TWO, all, all)))
                .isEmpty();
    }

    @Test
    void aBrokerThatIsAwayIsNamed() {
        List<Node> replicas = List.of(ONE, TWO_AWAY, THREE);
        List<Node> all = List.of(ONE, THREE);
        assertThat(faults(partition(0, ONE, replicas, List.of(ONE, THREE)), partition(1, ONE, all, all)))
                .containsExactly(
                        "Kafka: broker 2 is away, and 1 of 2 partitions lack a copy; start it again, or mend what"
                                + " keeps it away");
    }

    @Test
    void aBrokerThatIsThereAndBehindIsNamedAsSuch() {
        assertThat(faults(partition(0, ONE, List.of(ONE, TWO, THREE), List.of(ONE, THREE))))
                .containsExactly(
                        "Kafka: broker 2 is behind, and 1 of 1 partitions lack a copy until it has caught up; if it"
                                + " does not, look at its log and disk");
    }

    @Test
    void partitionsThatTakeNothingAreCounted() {
        List<Node> replicas = List.of(ONE, TWO_AWAY, THREE_AWAY);
        TopicPartitionInfo[] partitions = IntStream.range(0, 3)
                .mapToObj(i -> i == 0
                        ? partition(i, Node.noNode(), List.of(TWO_AWAY, THREE_AWAY, ONE), List.of(TWO_AWAY))
                        : partition(i, ONE, replicas, List.of(ONE)))
                .toArray(TopicPartitionInfo[]::new);
        assertThat(faults(partitions))
                .hasSize(2)
                .last()
                .asString()
                .contains("3 of 3 partitions take nothing (1 have no leader, 2 fewer copies in sync than"
                        + " min.insync.replicas asks for)");
    }
}
