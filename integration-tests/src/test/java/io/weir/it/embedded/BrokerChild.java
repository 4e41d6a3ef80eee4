package io.weir.it.embedded;

import io.weir.cli.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A process that dies: starts a broker, writes without end, and prints each number once it is acknowledged. With a second
 * argument, the number of partitions, it writes to all of them in ten transactions and dies the moment the last is decided.
 */
final class BrokerChild {
    static final String TOPIC = "survivors";

    private BrokerChild() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0);
        int partitions = args.length == 1 ? 1 : Integer.parseInt(args[1]);
        Map<String, Object> config =
                new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", 0));
        try (Admin admin = Admin.create(config)) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1)))
                        .all()
                        .get();
            }
        }
        if (args.length > 1) {
            config.put("transactional.id", "writer");
        }
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            if (args.length == 1) {
                write(producer);
            } else {
                writeInTransactions(producer, partitions);
            }
        }
    }

    private static void write(KafkaProducer<String, String> producer) throws Exception {
        for (long i = 0; ; i++) {
            producer.send(new ProducerRecord<>(TOPIC, "k", "value " + i)).get();
            System.out.println(i);
        }
    }

    private static void writeInTransactions(KafkaProducer<String, String> producer, int partitions) {
        producer.initTransactions();
        for (long i = 0; i < 10; i++) {
            producer.beginTransaction();
            for (int partition = 0; partition < partitions; partition++) {
                var unused =
                        producer.send(new ProducerRecord<>(TOPIC, partition, "k", "value " + i)); // the commit tells
            }
            producer.commitTransaction();
            System.out.println(i);
        }
        Runtime.getRuntime().halt(137); // as kill -9: no hook runs, nothing is flushed
    }
}
