package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.FileEvent;
import io.weir.schemas.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventLayoutsTest {
    private final Map<Integer, Schema> registry = new HashMap<>();
    private final List<Integer> asked = new ArrayList<>();
    private final EventLayouts layouts = new EventLayouts(id -> {
        asked.add(id);
        return registry.get(id);
    });

    @Test
    void takesBytesAsTheyAreWhereOnlyDocumentationDiffers() {
        registry.put(1, FileEvent.getClassSchema());
        registry.put(2, withoutFields(FileEvent.getClassSchema(), List.of(), "other words"));
        byte[] first = Events.encode(Events.event("created", "/a", 1), 1);
        byte[] second = Events.encode(Events.event("created", "/a", 2), 2);

        assertThat(layouts.current(first)).isSameAs(first);
        assertThat(layouts.current(second)).isSameAs(second);
        assertThat(layouts.current(first)).isSameAs(first);
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void resolvesTheSchemaOfAnOlderAgent() {
        Schema older = withoutFields(FileEvent.getClassSchema(), List.of("rawPath", "actor", "gap", "origin"), "old");
        registry.put(3, older);
        Random random = Seed.random("EventLayoutsTest");
        EventBytes view = new EventBytes();
        for (int i = 0; i < 500; i++) {
            FileEvent event = Events.generated(random);
            view.read(layouts.current(Events.encodeAs(event, older, 3)));
            FileEvent expected = FileEvent.newBuilder(event)
                    .setRawPath(null)
                    .setActor(null)
                    .setGap(null)
                    .setOrigin("live")
                    .build();
            assertThat(view.record()).isEqualTo(expected);
        }
        assertThat(asked).containsExactly(3);
    }

    @Test
    void refusesAnotherRecord() {
        registry.put(4, Volume.getClassSchema());
        assertThatThrownBy(() -> layouts.current(Events.encode(Events.event("created", "/a", 1), 4)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("schema id='4': expected io.weir.schemas.FileEvent, found io.weir.schemas.Volume");
    }

    @Test
    void refusesWhatIsNotInTheWireFormat() {
        assertThatThrownBy(() -> layouts.current(new byte[] {'{', '}'}))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("wire format");
    }

    private static Schema withoutFields(Schema schema, List<String> names, String doc) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !names.contains(field.name()))
                .map(field -> new Schema.Field(field.name(), field.schema(), doc, field.defaultVal()))
                .toList();
        return Schema.createRecord(schema.getName(), doc, schema.getNamespace(), false, fields);
    }
}
