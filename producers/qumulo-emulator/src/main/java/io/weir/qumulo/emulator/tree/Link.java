package io.weir.qumulo.emulator.tree;

/** One place at which an inode hangs: a name in a directory. */
public record Link(long directory, String name) {}
