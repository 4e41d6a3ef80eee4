package io.weir.agent.qumulo.notify;

import org.jspecify.annotations.Nullable;

/**
 * An event after the halves of moves were put together.
 *
 * @param event of a move: its half at the new place, or the only half that came
 * @param from where the file was, by the event that told so; null but for a whole move
 */
public record Movement(NotifyEvent event, @Nullable NotifyEvent from) {}
