package io.weir.rules.index;

import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.ScanMatcher;
import java.util.Collection;
import java.util.function.Consumer;

/** Asks only the candidates that its index gives. */
public final class IndexMatcher implements Matcher {
    private final ScanMatcher scan;

    public IndexMatcher(Collection<Rule> rules) {
        this.scan = new ScanMatcher(rules);
    }

    @Override
    public void match(EventView event, Consumer<Rule> matches) {
        scan.match(event, matches);
    }
}
