package io.weir.qumulo.client;

/** What the cluster does with a request for recursive notifications; {@code settings/notify}. */
public enum RecursiveMode {
    ENABLED,
    /** Such a request is refused. The default before Core 6.1.0. */
    DISABLED_ERROR,
    /** Such a request is taken, and only direct children are reported, in silence. */
    DISABLED_IGNORE,
    /** The cluster has no such setting, or a word in it that is not known here. */
    UNKNOWN
}
