package io.weir.schemas.released;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.registry.Compatibility;
import io.weir.schemas.topic.TopicCatalog;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.TopicSpec;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ReleasedSchemasTest {
    @Test
    void recordsOfEveryReleaseAreReadByTodaysClasses() throws IOException {
        for (int release : ReleasedSchemas.RELEASES) {
            for (SpecificRecord sample : Samples.all()) {
                assertThat(ReleasedSchemas.read(release, sample.getClass()))
                        .as("release %d, %s", release, sample.getClass().getSimpleName())
                        .isEqualTo(sample);
            }
        }
    }

    @Test
    void everyTypeOfEveryTopicHasASampleAndAllItsFieldsAreSet() {
        List<String> sampled =
                Samples.all().stream().map(r -> r.getSchema().getFullName()).toList();
        for (TopicSpec spec : new TopicCatalog().all(TopicSettings.embedded())) {
            spec.valueSchema()
                    .map(ReleasedSchemasTest::records)
                    .orElse(List.of())
                    .forEach(type -> assertThat(sampled).contains(type.getFullName()));
        }
        for (SpecificRecord sample : Samples.all()) {
            for (Schema.Field field : sample.getSchema().getFields()) {
                assertThat(sample.get(field.pos()))
                        .as(sample.getSchema().getName() + "." + field.name())
                        .isNotNull();
            }
        }
    }

    @Test
    void todaysSchemasKeepToTheirTopicsCompatibility() throws IOException, SchemaValidationException {
        for (TopicSpec spec : new TopicCatalog().all(TopicSettings.embedded())) {
            for (Schema today :
                    spec.valueSchema().map(ReleasedSchemasTest::records).orElse(List.of())) {
                List<Schema> released = ReleasedSchemas.of(today.getName());
                assertThat(released).isNotEmpty();
                validator(spec.compatibility()).validate(today, released);
            }
        }
    }

    private static SchemaValidator validator(Compatibility compatibility) {
        SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
        return compatibility.forward()
                ? builder.mutualReadStrategy().validateAll()
                : builder.canReadStrategy().validateAll();
    }

    private static List<Schema> records(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    }
}
