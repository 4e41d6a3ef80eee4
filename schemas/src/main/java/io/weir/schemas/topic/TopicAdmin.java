package io.weir.schemas.topic;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.Compatibility;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes Weir's topics and registers their schemas, and checks them. Idempotent: what is there stays as it is. Safe for all
 * threads.
 *
 * <p>Two things cannot be mended later and so are refused: a topic without log append time, and a partition count of
 * {@code weir.file-events} other than the one recorded when it was made, since then the events of a directory would lie in
 * two partitions.
 */
public final class TopicAdmin implements Closeable {
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);
    private static final Duration KNOWN_POLL = Duration.ofMillis(20);

    private final Admin admin;
    private final SchemaRegistryClient registry;
    private final PartitionRecord partitionRecord;
    private final TopicCatalog catalog = new TopicCatalog();

    /** Connects lazily; nothing is asked before the first call. */
    public TopicAdmin(KafkaConnection connection) {
        this.registry = new SchemaRegistryClient(connection.serdeConfig());
        this.admin = Admin.create(connection.adminConfig("weir-topics"));
        this.partitionRecord = new PartitionRecord(connection);
    }

    /**
     * Makes the topics and registers the schemas that are missing, then checks all as {@link #check} does.
     *
     * @return what was made, such as {@code topic weir.rules}, {@code schema weir.rules-value}; empty if all was there
     * @throws TopicException if a topic is not as it must be, or Kafka does not answer
     * @throws RegistryException if the registry refuses a schema or does not answer
     */
    public List<String> create(TopicSettings settings) {
        List<TopicSpec> specs = catalog.all(settings);
        List<String> made = new ArrayList<>();
        makeMissing(specs).forEach(name -> made.add("topic " + name));
        // As many partitions as there are of events, whatever was asked for this time.
        int partitions = made.contains("topic " + Topics.FILE_EVENTS) ? settings.partitions() : filePartitions();
        makeMissing(catalog.filterState(settings.withPartitions(partitions)))
                .forEach(name -> made.add("topic " + name));
        for (TopicSpec spec : specs) {
            spec.valueSchema().ifPresent(schema -> register(spec, schema, made));
        }
        checkTopics(specs);
        Optional<Integer> recorded =
                made.contains("topic " + Topics.FILE_EVENTS) ? Optional.empty() : partitionRecord.read();
        if (recorded.isPresent()) {
            checkPartitions(recorded.get());
        } else {
            partitionRecord.write(filePartitions());
        }
        return List.copyOf(made);
    }

    /**
     * Checks at a component's start that all topics are there, have log append time, and that {@code weir.file-events} has
     * the partition count that was recorded when it was made.
     *
     * @throws TopicException saying all that is wrong and what to do
     */
    public void check() {
        checkTopics(catalog.all(TopicSettings.embedded()));
        partitionRecord.read().ifPresent(this::checkPartitions);
    }

    /**
     * Makes the action topic of a volume and registers its schema, with the partition count and the settings of
     * {@code weir.actions}. To be done before the volume is registered, as the filter routes to registered volumes.
     *
     * @return whether the topic is new
     * @throws TopicException if {@code weir.actions} or its schema does not exist yet, or Kafka does not answer
     */
    public boolean createVolumeTopic(String volume) {
        String name = Topics.actionsOf(volume);
        Map<String, TopicDescription> there = describe(List.of(Topics.ACTIONS, name));
        TopicDescription model = there.get(Topics.ACTIONS);
        if (model == null) {
            throw new TopicException("topic='" + Topics.ACTIONS + "' does not exist; run 'weir topics create' first");
        }
        if (!registry.hasVersions(Topics.ACTIONS + "-value")) {
            // Nor may one that has lost its schemas begin with this: ids are given in the order of registration.
            throw new TopicException("subject='" + Topics.ACTIONS
                    + "-value' is not in the schema registry; run 'weir topics create' first");
        }
        TopicSpec spec = likeActions(name, model);
        boolean made = !there.containsKey(name) && !make(List.of(spec)).isEmpty();
        spec.valueSchema().ifPresent(schema -> register(spec, schema, new ArrayList<>()));
        checkTopics(List.of(spec));
        return made;
    }

    private TopicSpec likeActions(String name, TopicDescription model) {
        Map<String, String> own = new HashMap<>();
        configs(List.of(Topics.ACTIONS)).values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(e -> e.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(e -> own.put(e.name(), e.value()));
        short copies = (short) model.partitions().get(0).replicas().size();
        return new TopicSpec(
                name,
                model.partitions().size(),
                copies,
                own,
                TopicCatalog.schemaOf(name),
                Compatibility.FULL_TRANSITIVE);
    }

    private List<String> makeMissing(List<TopicSpec> specs) {
        Map<String, TopicDescription> there = describe(names(specs));
        return make(specs.stream().filter(s -> !there.containsKey(s.name())).toList());
    }

    /** Makes topics and gives the names of those that nobody else has made meanwhile. */
    private List<String> make(List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(s -> new NewTopic(s.name(), s.partitions(), s.replicationFactor()).configs(s.configs()))
                .toList();
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(topics).values();
        List<String> made = new ArrayList<>();
        for (TopicSpec spec : specs) {
            try {
                KafkaCalls.get("make topic='" + spec.name() + "'", Objects.requireNonNull(answers.get(spec.name())));
                made.add(spec.name());
            } catch (TopicException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitKnown(names(specs));
        return made;
    }

    /** The controller has made them; the broker that is asked next may hear of it some moments later. */
    private void awaitKnown(List<String> names) {
        long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (!describe(names).keySet().containsAll(names) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(KNOWN_POLL.toNanos());
        }
    }

    private void register(TopicSpec spec, Schema schema, List<String> made) {
        String subject = spec.subject();
        if (!registry.compatibility(subject).equals(Optional.of(spec.compatibility()))) {
            registry.setCompatibility(subject, spec.compatibility());
        }
        try {
            registry.lookup(subject, schema);
        } catch (RegistryException e) {
            if (!e.isNotFound()) {
                throw e;
            }
            registry.register(subject, schema);
            made.add("schema " + subject);
        }
    }

    private void checkTopics(List<TopicSpec> specs) {
        List<String> names = names(specs);
        Map<String, TopicDescription> there = describe(names);
        List<String> faults = new ArrayList<>();
        names.stream()
                .filter(n -> !there.containsKey(n))
                .forEach(n -> faults.add("topic='" + n + "' does not exist; run 'weir topics create'"));
        configs(there.keySet()).forEach((name, config) -> {
            String type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
            if (!type.equals("LogAppendTime")) {
                faults.add("topic='" + name + "': message.timestamp.type='" + type
                        + "'; expected LogAppendTime, since the order of time must be that of the log; try"
                        + " 'kafka-configs --alter --entity-type topics --entity-name " + name
                        + " --add-config message.timestamp.type=LogAppendTime'");
            }
        });
        for (TopicSpec spec : specs) {
            TopicDescription found = there.get(spec.name());
            if (spec.partitions() == 1 && found != null && found.partitions().size() != 1) {
                faults.add("topic='" + spec.name() + "' has "
                        + found.partitions().size() + " partitions; expected 1, since its records need one order");
            }
        }
        TopicException.throwIfAny(faults);
    }

    private void checkPartitions(int recorded) {
        int found = filePartitions();
        if (recorded != found) {
            throw new TopicException("topic='" + Topics.FILE_EVENTS + "' has " + found
                    + " partitions, but was made with "
                    + recorded + "; expected it never to change, since the events of a directory must stay in one"
                    + " partition; make a new installation with " + found + " partitions and move to it");
        }
    }

    private int filePartitions() {
        return describe(List.of(Topics.FILE_EVENTS)).values().stream()
                .mapToInt(d -> d.partitions().size())
                .findFirst()
                .orElse(0);
    }

    private Map<String, TopicDescription> describe(Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                found.put(name, KafkaCalls.get("describe topic='" + name + "'", future));
            } catch (TopicException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        return found;
    }

    private Map<String, Config> configs(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n))
                .toList();
        Map<String, Config> configs = new HashMap<>();
        KafkaCalls.get(
                        "read the settings of topics " + names,
                        admin.describeConfigs(resources).all())
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private static List<String> names(List<TopicSpec> specs) {
        return specs.stream().map(TopicSpec::name).toList();
    }

    @Override
    public void close() {
        admin.close(CLOSE);
        registry.close();
    }
}
