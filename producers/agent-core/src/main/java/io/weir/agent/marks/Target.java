package io.weir.agent.marks;

import io.weir.agent.source.Place;

/**
 * A file to be looked at when an action ends.
 *
 * @param place declared
 * @param entry id in the baseline when the action began, 0 if it was not there
 * @param fileId declared, or empty
 * @param subtree whether all below it is meant too
 */
public record Target(Place place, long entry, String fileId, boolean subtree) {}
