package io.weir.rules;

import java.util.Locale;

/** What happens when a rule matches. */
public enum Mode {
    /** Its actions are carried out. */
    ENFORCE,
    /** The decision is recorded, nothing is done. */
    SHADOW,
    /** It is not asked. */
    OFF;

    /** The word in the rule file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
