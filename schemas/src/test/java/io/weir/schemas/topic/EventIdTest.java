package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.released.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    @Test
    void idsComeBack() {
        EventId id = EventId.of(Samples.fileEvent());

        assertThat(id).hasToString("web1-agent:1790000000:42");
        assertThat(EventId.parse(id.toString())).isEqualTo(id);
        assertThat(EventId.tryParse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:1", "a:1:2:3", "a:x:1", "a:1:", "a:1:99999999999999999999"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> EventId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event id='" + text + "': expected agent:epoch:sequence");
        assertThat(EventId.tryParse(text)).isEmpty();
    }
}
