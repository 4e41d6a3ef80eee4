package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.rules.action.ActionType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionTypesTest {
    @Test
    void areInTheOrderOfTheirNames() {
        assertThat(TestActions.TYPES.all())
                .extracting(ActionType::name)
                .containsExactly("chmod", "email", "exec", "note", "quarantine", "rename", "webhook");
        assertThat(TestActions.TYPES.find("chmod")).isPresent();
        assertThat(TestActions.TYPES.find("Chmod")).isEmpty();
    }

    @Test
    void twoOfOneNameAreRefused() {
        ActionType note = TestActions.TYPES.find("note").orElseThrow();
        assertThatThrownBy(() -> ActionTypes.of(List.of(note, note)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action type='note': provided by both");
    }

    @Test
    void noneAreDiscoveredWhereNoneAreProvided() {
        assertThat(ActionTypes.discover().all()).isEmpty();
    }
}
