package io.weir.worker;

/** An all-stop holds the action back. It waits, and is made when the stop is released. */
public final class HeldException extends UnableToWorkException {
    /** @param why which stop, by whom, and why */
    public HeldException(String why) {
        super(why, null);
    }
}
