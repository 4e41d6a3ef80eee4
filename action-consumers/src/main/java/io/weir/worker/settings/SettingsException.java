package io.weir.worker.settings;

import java.util.List;

/** A settings file that cannot be used; the message has all its faults, one a line, as {@code file:line:column: …}. */
public final class SettingsException extends Exception {
    private final transient List<String> faults;

    SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the file. */
    public List<String> faults() {
        return faults;
    }
}
