/**
 * The REST API: which request goes where, and what each does to the tree. Routes match the raw path, since a file's path is
 * one segment with its slashes encoded; a slash at the end of a path is part of it.
 */
@NullMarked
package io.weir.qumulo.emulator.api;

import org.jspecify.annotations.NullMarked;
