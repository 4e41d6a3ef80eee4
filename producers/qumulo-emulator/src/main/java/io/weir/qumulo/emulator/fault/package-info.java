/** Faults: what a test or a script does to the cluster, counters of what it has done, and the scripts themselves. */
@NullMarked
package io.weir.qumulo.emulator.fault;

import org.jspecify.annotations.NullMarked;
