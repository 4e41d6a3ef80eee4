package io.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.Volume;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class SubjectNameStrategyTest {
    @Test
    void subjectsAreThoseOfConfluentsStrategies() {
        assertThat(SubjectNameStrategy.TOPIC_NAME.subject("t", false, Volume.SCHEMA$))
                .isEqualTo("t-value");
        assertThat(SubjectNameStrategy.TOPIC_NAME.subject("t", true, Volume.SCHEMA$))
                .isEqualTo("t-key");
        assertThat(SubjectNameStrategy.RECORD_NAME.subject("t", false, Volume.SCHEMA$))
                .isEqualTo("io.weir.schemas.Volume");
        assertThat(SubjectNameStrategy.TOPIC_RECORD_NAME.subject("t", false, Volume.SCHEMA$))
                .isEqualTo("t-io.weir.schemas.Volume");
        assertThatThrownBy(() -> SubjectNameStrategy.RECORD_NAME.subject(
                        "t", false, Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), Volume.SCHEMA$))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("needs a record; the schema is a union");
    }

    @Test
    void namesOfConfluentAndOursAreTaken() {
        for (Object name : new Object[] {
            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
            "TopicRecordNameStrategy",
            "TOPIC_RECORD_NAME"
        }) {
            assertThat(SubjectNameStrategy.parse("p", name)).isEqualTo(SubjectNameStrategy.TOPIC_RECORD_NAME);
        }
        assertThat(SubjectNameStrategy.parse("p", null)).isEqualTo(SubjectNameStrategy.TOPIC_NAME);
        assertThatThrownBy(() -> SubjectNameStrategy.parse("value.subject.name.strategy", "com.example.Mine"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("value.subject.name.strategy='com.example.Mine': expected TopicNameStrategy,"
                        + " RecordNameStrategy or TopicRecordNameStrategy");
    }
}
