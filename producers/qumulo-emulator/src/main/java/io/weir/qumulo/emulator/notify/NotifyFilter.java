package io.weir.qumulo.emulator.notify;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameter {@code filter}: names separated by commas. */
public final class NotifyFilter {
    private NotifyFilter() {}

    /**
     * The types that a text names.
     *
     * @param text null: all
     * @throws IllegalArgumentException for a name that is none
     */
    public static Set<NotifyType> parse(@Nullable String text) {
        if (text == null) {
            return EnumSet.allOf(NotifyType.class);
        }
        var types = EnumSet.noneOf(NotifyType.class);
        for (String name : text.split(",", -1)) {
            types.add(NotifyType.find(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("filter: unknown notification type '" + name + "'")));
        }
        return types;
    }
}
