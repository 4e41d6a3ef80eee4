package io.weir.qumulo.emulator.tree;

/**
 * Values by key; keys are {@code TYPE/key}, such as {@code GENERIC/colour}.
 *
 * @param revision raised by each change
 */
public record UserMetadata(long revision, PersistentMap<String, byte[]> values) {
    static final UserMetadata NONE = new UserMetadata(0, PersistentMap.empty());
}
