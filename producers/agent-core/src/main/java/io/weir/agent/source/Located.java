package io.weir.agent.source;

/** A file as it was read by its id, and where it was then. */
public record Located(Place place, FileStat stat) {}
