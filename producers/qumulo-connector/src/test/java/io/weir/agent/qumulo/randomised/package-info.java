/** Random changes on an emulated cluster, and the tree as the events tell it. Also for the tests of the whole chain. */
@NullMarked
package io.weir.agent.qumulo.randomised;

import org.jspecify.annotations.NullMarked;
