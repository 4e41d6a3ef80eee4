package io.weir.agent.intake;

/** Takes events that are to be published, in order. */
@FunctionalInterface
public interface Outbox {
    /** Gives the event its id and puts it into the spool; returns false if events of this type are not asked for. */
    boolean publish(Draft draft);
}
