/**
 * Looking at topics by hand: {@code weir events tail}, {@code weir decisions tail}, {@code weir actions tail}. Records of all
 * partitions are shown in the order of their log times, in bounded memory.
 */
@NullMarked
package io.weir.cli.tail;

import org.jspecify.annotations.NullMarked;
