package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the steps of an action that may concern many files, as many as its result can tell of: that is one record, and a
 * producer of Kafka sends none of more than 1 MiB by default. What each step found must be in it, or it could not be undone.
 */
final class ManySteps {
    /** The agent compares each event of the action with each declared effect. */
    static final int MOST = 5_000;

    private static final int MOST_BYTES = 700_000;
    /** Kind, file id, and three fields before and after, in Avro; measured at 100 to 120. */
    private static final int BYTES_BESIDE_PATHS = 128;

    private final String what;
    private final List<Step> steps = new ArrayList<>();
    private long bytes;

    /** @param what for a refusal, such as {@code directory='/a'} */
    ManySteps(String what) {
        this.what = what;
    }

    /**
     * Adds a step.
     *
     * @param path that it is about
     * @throws ActionException refused, if there are too many by now
     */
    void add(Step step, String path) throws ActionException {
        steps.add(step);
        bytes += BYTES_BESIDE_PATHS + bytes(path);
        if (steps.size() > MOST || bytes > MOST_BYTES) {
            throw ActionException.refused(
                    what + ": " + steps.size() + " entries and more are to be changed, which is more"
                            + " than the result of one action can tell of (" + MOST + " entries, or " + MOST_BYTES
                            + " bytes of paths and values); nothing was changed. Let the rule match the files themselves, or"
                            + " smaller directories, or have a program do it, by exec");
        }
    }

    /** In the result a path that is not valid UTF-8 is there twice, as text and as it is. */
    private static int bytes(String path) {
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        return PathText.isValidUnicode(path) ? length : 4 * length;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
