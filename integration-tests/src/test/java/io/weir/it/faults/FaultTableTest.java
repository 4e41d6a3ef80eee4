package io.weir.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    private static final List<String> ORDER = List.of("first", "second", "third");

    @Test
    void rowsTakeThePlaceOfThoseOfTheSameFaultsInTheOrderOfAll() {
        String table = FaultTable.merged("No figures yet.\n", Map.of("third", "| `third` | old |\n"), ORDER);
        table = FaultTable.merged(table, Map.of("first", "| `first` | new |\n"), ORDER);
        table = FaultTable.merged(table, Map.of("third", "| `third` | new |\n"), ORDER);
        assertThat(table.lines().skip(2)).containsExactly("| `first` | new |", "| `third` | new |");
    }

    @Test
    void aFaultThatIsNoMoreLosesItsRow() {
        assertThat(FaultTable.merged("| `gone` | old |\n", Map.of(), ORDER)).doesNotContain("gone");
    }
}
