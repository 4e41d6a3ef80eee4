package io.weir.agent.marks;

import io.weir.posix.PosixException;
import io.weir.posix.ProcessLock;
import io.weir.schemas.marks.BeginMark;

/** Whether the process that made an attempt lives. */
@FunctionalInterface
public interface AttemptLiveness {
    /** Whether it may still do what it declared. In doubt, yes: a window that closes too early lets an echo out. */
    boolean alive(BeginMark mark);

    /** By the lock that the mark names. */
    static AttemptLiveness byLock() {
        return mark -> {
            try {
                return ProcessLock.isHeld(mark.lock());
            } catch (PosixException e) {
                return true;
            }
        };
    }
}
