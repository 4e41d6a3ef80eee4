package io.weir.worker;

import io.weir.schemas.marks.Effect;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of an action. What it may do is declared before any step of the action runs. */
public interface Step {
    /** All that it is going to do. */
    Effect effect();

    /** In {@link Applied#before} of a step that made a file: its file id. */
    String MADE = "fileId";

    /** Likewise: its time of modification, nanoseconds since 1970. */
    String MADE_AT = "mtime";

    /** In {@link Applied#before} of a step that put a file in place of another: the file id of the one that is gone. */
    String REPLACED = "replaced.fileId";

    /** What is needed to reverse it: values as they were when it was planned, by the names of {@code FileState}. */
    default Map<String, String> before() {
        return Map.of();
    }

    /** What it is going to do, for people, where {@link #effect} does not say it; such as which program it runs. */
    default Optional<String> intent() {
        return Optional.empty();
    }

    /** What people should know of it besides; told in a dry run, and in the result once it is done. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /**
     * Carries it out. Checks for itself, at the last moment, that the file is still the one meant.
     *
     * @return what was done; empty if it was found done
     * @throws ActionException if it must not or cannot be done
     * @throws IOException if it failed; transient errors are tried again, as a new attempt
     * @throws InterruptedException if the worker stops; the attempt counts as not carried out
     */
    Optional<Applied> run() throws ActionException, IOException, InterruptedException;

    /** Whether the action goes on without this step if its file has gone or is another by now: one of many below a directory. */
    default boolean isPassedOver() {
        return false;
    }

    /** The same step as one in another volume than that of the action's event. */
    static Step in(String volume, Step step) {
        return new StepElsewhere(volume, step);
    }

    /**
     * What a step did.
     *
     * @param effect as declared, or less
     * @param before values of the fields found, by the names of {@code FileState}
     * @param detail for people, such as a program's output
     */
    record Applied(Effect effect, Map<String, String> before, @Nullable String detail) {
        public Applied {
            before = Map.copyOf(before);
        }

        public Applied(Effect effect) {
            this(effect, Map.of(), null);
        }
    }
}
