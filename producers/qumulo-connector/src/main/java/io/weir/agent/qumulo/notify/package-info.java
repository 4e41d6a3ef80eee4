/**
 * The stream of Change Notify: how its lines are read, and what they say. Qumulo documents them in part only; what it leaves
 * open is read liberally, so that another spelling of the same costs no event.
 */
@NullMarked
package io.weir.agent.qumulo.notify;

import org.jspecify.annotations.NullMarked;
