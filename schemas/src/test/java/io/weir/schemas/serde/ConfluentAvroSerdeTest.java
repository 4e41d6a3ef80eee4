package io.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ControlState;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.Volume;
import io.weir.schemas.registry.FakeRegistry;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.released.Samples;
import io.weir.schemas.topic.TopicCatalog;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ConfluentAvroSerdeTest {
    private static final Instant TIME = Instant.parse("2026-11-21T22:42:00.123456Z");
    private static final Volume VOLUME = new Volume("web1", "mounted", "worker-1", TIME);

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    private int putCatalog(String topic) {
        return registry.put(topic + "-value", TopicCatalog.schemaOf(topic).orElseThrow());
    }

    @Test
    void recordsComeBackAndTheSchemaIsLookedUpOnce() {
        int id = putCatalog(Topics.FILE_EVENTS);
        FileEvent event = Samples.fileEvent();
        try (ConfluentAvroSerde<FileEvent> serde = ConfluentAvroSerde.forValues(FileEvent.class, config(Map.of()))) {
            byte[] bytes = write(serde.serializer(), Topics.FILE_EVENTS, event);

            assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
            assertThat(serde.deserializer().deserialize(Topics.FILE_EVENTS, bytes))
                    .isEqualTo(event);
            assertThat(serde.serializer().serialize(Topics.FILE_EVENTS, event)).isEqualTo(bytes);
            assertThat(registry.requests()).hasSize(2);
            assertThat(serde.serializer().serialize(Topics.FILE_EVENTS, null)).isNull();
            assertThat(serde.deserializer().deserialize(Topics.FILE_EVENTS, null))
                    .isNull();
        }
    }

    @Test
    void nothingIsRegisteredUnlessAskedFor() {
        try (ConfluentAvroSerializer serializer = serializer(Map.of())) {
            assertThatThrownBy(() -> serializer.serialize(Topics.VOLUMES, VOLUME))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topic='weir.volumes': cannot write a io.weir.schemas.Volume")
                    .hasMessageContaining("error code 40401")
                    .hasMessageContaining("run 'weir topics create', or set auto.register.schemas=true")
                    .hasCauseInstanceOf(RegistryException.class);
        }
        try (ConfluentAvroSerializer serializer = serializer(Map.of("auto.register.schemas", true))) {
            assertThat(WireFormat.schemaId(write(serializer, Topics.VOLUMES, VOLUME)))
                    .isEqualTo(1);
        }
        try (ConfluentAvroSerializer serializer = serializer(Map.of())) {
            assertThat(WireFormat.schemaId(write(serializer, Topics.VOLUMES, VOLUME)))
                    .isEqualTo(1);
        }
    }

    @Test
    void aRuleIsWrittenAgainstTheUnionOfItsTopic() {
        int id = putCatalog(Topics.RULES);
        Rule rule = Rule.newBuilder().setId("r").setDefinition("{}").build();
        Manifest manifest = new Manifest("a", List.of("r"), List.of(), "h", 0L, null, null, TIME);
        for (Map<String, Object> extra :
                List.of(Map.<String, Object>of(), Map.<String, Object>of("use.latest.version", true))) {
            try (ConfluentAvroSerializer serializer = serializer(extra);
                    ConfluentAvroDeserializer<SpecificRecord> deserializer = deserializer(Map.of())) {
                for (SpecificRecord record : List.of(rule, manifest)) {
                    byte[] bytes = write(serializer, Topics.RULES, record);
                    assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
                    assertThat(deserializer.deserialize(Topics.RULES, bytes)).isEqualTo(record);
                }
                assertThatThrownBy(() -> serializer.serialize(Topics.RULES, VOLUME))
                        .isInstanceOf(SerializationException.class)
                        .hasMessage("topic='weir.rules': cannot write a io.weir.schemas.Volume; expected"
                                + " io.weir.schemas.Rule or io.weir.schemas.Manifest");
            }
        }
    }

    @Test
    void aRecordOfAnotherTypeIsAnErrorEvenWhereAvroWouldReadIt() {
        Schema other = SchemaBuilder.record("com.example.Other")
                .fields()
                .optionalString("x")
                .endRecord();
        int id = registry.put("weir.volumes-value", other);
        byte[] bytes = Arrays.copyOf(WireFormat.header(id), 6);
        try (ConfluentAvroDeserializer<Volume> byCatalog = deserializer(Map.of());
                ConfluentAvroDeserializer<Volume> byProperty =
                        deserializer(Map.of("specific.avro.value.type", Volume.class.getName()));
                ConfluentAvroDeserializer<Volume> byClass = new ConfluentAvroDeserializer<>(Volume.class)) {
            byClass.configure(config(Map.of()), false);

            String told = ", schema id 1: the record is a com.example.Other; expected io.weir.schemas.Volume";
            assertThatThrownBy(() -> byCatalog.deserialize(Topics.VOLUMES, bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("topic='weir.volumes'" + told);
            assertThatThrownBy(() -> byProperty.deserialize("mine", bytes)).hasMessage("topic='mine'" + told);
            assertThatThrownBy(() -> byClass.deserialize("mine", bytes)).hasMessage("topic='mine'" + told);
        }
    }

    @Test
    void aBranchThatNobodyExpectsIsAnErrorAndTheOthersAreRead() {
        Schema other = SchemaBuilder.record("com.example.Other")
                .fields()
                .optionalString("x")
                .endRecord();
        Schema union = Schema.createUnion(TopicCatalog.schemaOf(Topics.VOLUMES).orElseThrow(), other);
        int id = registry.put("weir.volumes-value", union);
        try (ConfluentAvroSerializer serializer = serializer(Map.of("use.latest.version", true));
                ConfluentAvroDeserializer<Volume> deserializer = deserializer(Map.of())) {
            byte[] good = write(serializer, Topics.VOLUMES, VOLUME);
            byte[] bad = Arrays.copyOf(WireFormat.header(id), 7);
            bad[5] = 2;

            assertThat(WireFormat.schemaId(good)).isEqualTo(id);
            assertThat(deserializer.deserialize(Topics.VOLUMES, good)).isEqualTo(VOLUME);
            assertThatThrownBy(() -> deserializer.deserialize(Topics.VOLUMES, bad))
                    .hasMessage("topic='weir.volumes', schema id 1: the record is a com.example.Other; expected"
                            + " io.weir.schemas.Volume");
        }
    }

    @Test
    void whatIsWrittenWithALaterSchemaIsReadAndWrittenByName() {
        Schema later = laterVolume(true);
        registry.put("weir.volumes-value", later);
        try (ConfluentAvroSerializer serializer = serializer(Map.of("use.latest.version", "true"));
                ConfluentAvroDeserializer<Volume> specific = deserializer(Map.of());
                ConfluentAvroDeserializer<GenericRecord> generic =
                        deserializer(Map.of("specific.avro.reader", "false"))) {
            byte[] bytes = write(serializer, Topics.VOLUMES, VOLUME);

            assertThat(specific.deserialize(Topics.VOLUMES, bytes)).isEqualTo(VOLUME);
            GenericRecord record = read(generic, bytes);
            assertThat(record.get("region")).hasToString("eu");
            assertThat(record.get("name")).hasToString("web1");
        }
    }

    @Test
    void aLatestSchemaThatCannotReadOurRecordsIsRefusedUnlessToldOtherwise() {
        registry.put("weir.volumes-value", laterVolume(false));
        try (ConfluentAvroSerializer strict = serializer(Map.of("use.latest.version", true));
                ConfluentAvroSerializer lax =
                        serializer(Map.of("use.latest.version", true, "latest.compatibility.strict", false))) {
            assertThatThrownBy(() -> strict.serialize(Topics.VOLUMES, VOLUME))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("subject='weir.volumes-value', version 1 cannot read what this program's"
                            + " io.weir.schemas.Volume writes")
                    .hasMessageContaining("region")
                    .hasMessageContaining("latest.compatibility.strict=false");
            assertThatThrownBy(() -> lax.serialize(Topics.VOLUMES, VOLUME)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void aRecordIsNeverWrittenAsAnotherTypeThatFits() {
        registry.put(
                "mine-value", SchemaBuilder.record("com.example.Other").fields().endRecord());
        try (ConfluentAvroSerializer lax =
                serializer(Map.of("use.latest.version", true, "latest.compatibility.strict", false))) {
            assertThatThrownBy(() -> lax.serialize("mine", VOLUME))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("subject='mine-value', version 1: cannot write a io.weir.schemas.Volume; expected"
                            + " com.example.Other");
        }
    }

    @Test
    void theLatestSchemaIsAskedForAgainAfterItsTime() {
        putCatalog(Topics.VOLUMES);
        try (ConfluentAvroSerializer kept = serializer(Map.of("use.latest.version", true));
                ConfluentAvroSerializer renewed =
                        serializer(Map.of("use.latest.version", true, "latest.cache.ttl.sec", "0"))) {
            for (int i = 0; i < 3; i++) {
                kept.serialize(Topics.VOLUMES, VOLUME);
            }
            assertThat(registry.requests()).hasSize(1);
            for (int i = 0; i < 3; i++) {
                renewed.serialize(Topics.VOLUMES, VOLUME);
            }
            assertThat(registry.requests()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void genericRecordsGoBothWaysWithOrWithoutLogicalTypes() {
        putCatalog(Topics.VOLUMES);
        Schema schema = TopicCatalog.schemaOf(Topics.VOLUMES).orElseThrow();
        GenericRecord record = new GenericRecordBuilder(schema)
                .set("name", "web1")
                .set("kind", "mounted")
                .set("registeredBy", "worker-1")
                .set("registeredAt", TIME)
                .build();
        try (ConfluentAvroSerializer serializer = serializer(Map.of());
                ConfluentAvroDeserializer<Volume> specific = deserializer(Map.of());
                ConfluentAvroDeserializer<GenericRecord> plain = deserializer(Map.of("specific.avro.reader", false));
                ConfluentAvroDeserializer<GenericRecord> converted =
                        deserializer(Map.of("specific.avro.reader", false, "avro.use.logical.type.converters", true))) {
            byte[] bytes = write(serializer, Topics.VOLUMES, record);

            assertThat(specific.deserialize(Topics.VOLUMES, bytes)).isEqualTo(VOLUME);
            assertThat(read(plain, bytes).get("registeredAt")).isEqualTo(TIME.getEpochSecond() * 1_000_000 + 123_456);
            assertThat(read(converted, bytes).get("registeredAt")).isEqualTo(TIME);
        }
    }

    @Test
    void otherTopicsTakeAnyRecordUnderTheChosenSubject() {
        Map<String, Object> config = Map.of(
                "auto.register.schemas",
                true,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        try (ConfluentAvroSerializer serializer = serializer(config);
                ConfluentAvroDeserializer<SpecificRecord> deserializer = deserializer(Map.of())) {
            ControlState state = new ControlState("all", true, "r", "b", TIME, List.of());
            assertThat(deserializer.deserialize("mine", serializer.serialize("mine", state)))
                    .isEqualTo(state);
            assertThat(deserializer.deserialize("mine", serializer.serialize("mine", VOLUME)))
                    .isEqualTo(VOLUME);
            assertThat(registry.requests().get(0).line())
                    .isEqualTo("POST /subjects/mine-io.weir.schemas.ControlState/versions");
        }
    }

    @Test
    void aTypeWithoutAClassIsToldInsteadOfGuessed() {
        Schema other = SchemaBuilder.record("com.example.Other")
                .fields()
                .optionalString("x")
                .endRecord();
        byte[] bytes = Arrays.copyOf(WireFormat.header(registry.put("mine-value", other)), 6);
        Schema dangerous =
                SchemaBuilder.record("java.lang.ProcessBuilder").fields().endRecord();
        byte[] attack = WireFormat.header(registry.put("mine-value", dangerous));
        try (ConfluentAvroDeserializer<SpecificRecord> deserializer = deserializer(Map.of())) {
            assertThatThrownBy(() -> deserializer.deserialize("mine", bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage(
                            "topic='mine', schema id 1: no class com.example.Other is on the class path; put it there,"
                                    + " or set specific.avro.reader=false");
            assertThatThrownBy(() -> deserializer.deserialize("mine", attack))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Forbidden java.lang.ProcessBuilder");
        }
    }

    @Test
    void bytesThatAreNotARecordAreToldWithTopicAndId() {
        int id = putCatalog(Topics.VOLUMES);
        try (ConfluentAvroSerializer serializer = serializer(Map.of());
                ConfluentAvroDeserializer<Volume> deserializer = deserializer(Map.of())) {
            byte[] good = write(serializer, Topics.VOLUMES, VOLUME);
            assertThatThrownBy(() -> deserializer.deserialize(Topics.VOLUMES, Arrays.copyOf(good, good.length - 1)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("topic='weir.volumes', schema id " + id + ": the ")
                    .hasMessageContaining("are not a io.weir.schemas.Volume");
            assertThatThrownBy(() -> deserializer.deserialize(Topics.VOLUMES, Arrays.copyOf(good, good.length + 1)))
                    .hasMessageContaining("bytes are left over after the record");
            assertThatThrownBy(() -> deserializer.deserialize(Topics.VOLUMES, new byte[] {'{', '}'}))
                    .hasMessageStartingWith("topic='weir.volumes': record of 2 bytes beginning with 0x7b");
            assertThatThrownBy(() -> deserializer.deserialize(Topics.VOLUMES, WireFormat.header(99)))
                    .hasMessageContaining("topic='weir.volumes', schema id 99: cannot read schema id=99")
                    .hasCauseInstanceOf(RegistryException.class);
            assertThat(deserializer.deserialize(Topics.VOLUMES, good)).isEqualTo(VOLUME);
        }
    }

    @Test
    void recordsThatAreNotCompleteAreToldAndLeaveNoTrace() {
        putCatalog(Topics.VOLUMES);
        try (ConfluentAvroSerializer serializer = serializer(Map.of())) {
            byte[] good = write(serializer, Topics.VOLUMES, VOLUME);
            assertThatThrownBy(() -> serializer.serialize(Topics.VOLUMES, new Volume()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topic='weir.volumes', schema id 1: cannot write a io.weir.schemas.Volume");
            assertThatThrownBy(() -> serializer.serialize(Topics.VOLUMES, "text"))
                    .hasMessage(
                            "topic='weir.volumes': cannot write a java.lang.String; expected an Avro record, generated"
                                    + " or generic");
            assertThat(serializer.serialize(Topics.VOLUMES, VOLUME)).isEqualTo(good);
        }
    }

    @Test
    void aRegistryThatIsAwayDoesNotBreakTheSerde() {
        putCatalog(Topics.VOLUMES);
        try (ConfluentAvroSerializer serializer = serializer(Map.of("max.retries", "0"))) {
            registry.answerNext(503, "");
            assertThatThrownBy(() -> serializer.serialize(Topics.VOLUMES, VOLUME))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no schema registry answers")
                    .cause()
                    .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isUnavailable())
                            .isTrue());
            assertThat(serializer.serialize(Topics.VOLUMES, VOLUME)).isNotEmpty();
        }
    }

    @Test
    void manyThreadsShareASerde() throws Exception {
        putCatalog(Topics.VOLUMES);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ConfluentAvroSerde<Volume> serde = ConfluentAvroSerde.forValues(Volume.class, config(Map.of()))) {
            List<Future<Boolean>> all = IntStream.range(0, 4)
                    .mapToObj(
                            t -> threads.submit(() -> IntStream.range(0, 2_000).allMatch(i -> {
                                Volume volume = new Volume("v" + t + "-" + i, "k".repeat(i % 50), "w", TIME);
                                byte[] bytes = write(serde.serializer(), Topics.VOLUMES, volume);
                                return volume.equals(serde.deserializer().deserialize(Topics.VOLUMES, bytes));
                            })))
                    .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A later Volume with its fields in another order and one more, with or without a default. */
    private static Schema laterVolume(boolean withDefault) {
        var fields = SchemaBuilder.record("io.weir.schemas.Volume").fields();
        fields = withDefault
                ? fields.name("region").type().stringType().stringDefault("eu")
                : fields.requiredString("region");
        Schema at = TopicCatalog.schemaOf(Topics.VOLUMES)
                .orElseThrow()
                .getField("registeredAt")
                .schema();
        return fields.name("registeredAt")
                .type(at)
                .noDefault()
                .requiredString("registeredBy")
                .requiredString("name")
                .name("kind")
                .type()
                .stringType()
                .stringDefault("mounted")
                .endRecord();
    }

    private static <T> byte[] write(Serializer<T> serializer, String topic, T record) {
        return Objects.requireNonNull(serializer.serialize(topic, record));
    }

    private static GenericRecord read(ConfluentAvroDeserializer<GenericRecord> deserializer, byte[] bytes) {
        return Objects.requireNonNull(deserializer.deserialize(Topics.VOLUMES, bytes));
    }

    private Map<String, Object> config(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        config.putAll(extra);
        return config;
    }

    private ConfluentAvroSerializer serializer(Map<String, ?> extra) {
        ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
        serializer.configure(config(extra), false);
        return serializer;
    }

    private <T> ConfluentAvroDeserializer<T> deserializer(Map<String, ?> extra) {
        ConfluentAvroDeserializer<T> deserializer = new ConfluentAvroDeserializer<>();
        deserializer.configure(config(extra), false);
        return deserializer;
    }
}
