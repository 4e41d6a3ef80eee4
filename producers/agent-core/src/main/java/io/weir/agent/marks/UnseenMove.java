package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.Causation;

/**
 * A move that an action carried out and whose event never came.
 *
 * @param entry id of the file in the baseline when the action began
 * @param atBegin where the baseline had it then
 * @param to where the action moved it
 */
public record UnseenMove(Effect.Move move, Causation causation, long entry, Place atBegin, Place to) {}
