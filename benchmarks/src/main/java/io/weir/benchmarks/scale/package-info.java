/** Capture over large trees and in quiet ones: time, processor time, memory. */
@NullMarked
package io.weir.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
