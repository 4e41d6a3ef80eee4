package io.weir.agent.source;

/**
 * What a source watches of a volume.
 *
 * @param place a directory
 * @param recursive all below it, or only what is directly in it
 */
public record Subtree(Place place, boolean recursive) {}
