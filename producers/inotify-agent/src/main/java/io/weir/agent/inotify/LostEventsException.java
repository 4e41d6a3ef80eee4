package io.weir.agent.inotify;

/** Events of the present session are missing; its view of the tree can no longer be trusted. */
final class LostEventsException extends Exception {
    private static final long serialVersionUID = 1L;

    LostEventsException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
