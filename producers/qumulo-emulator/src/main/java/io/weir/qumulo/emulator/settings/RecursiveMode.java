package io.weir.qumulo.emulator.settings;

/** What becomes of recursive watches, as {@code /v1/file-system/settings/notify} spells it. */
public enum RecursiveMode {
    ENABLED,
    /** They are refused. */
    DISABLED_ERROR,
    /** They are taken, and tell of direct children only. */
    DISABLED_IGNORE
}
