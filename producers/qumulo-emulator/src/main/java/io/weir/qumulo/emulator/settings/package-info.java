/** How the cluster behaves where that may differ from one to the next, or is not documented: switches, accounts, clock. */
@NullMarked
package io.weir.qumulo.emulator.settings;

import org.jspecify.annotations.NullMarked;
