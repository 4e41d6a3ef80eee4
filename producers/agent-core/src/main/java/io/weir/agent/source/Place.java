package io.weir.agent.source;

/**
 * A path on a volume.
 *
 * @param volume volume name
 * @param path absolute within the volume, in the reversible text form of {@code PathText}; no trailing slash but for
 *     {@code /}
 */
public record Place(String volume, String path) {}
