package io.weir.worker;

import io.weir.rules.EventView;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.Causation;
import io.weir.worker.control.Control;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a module knows of the request that it plans for. Used by one thread. */
public interface ActionContext {
    ActionRequest request();

    /** The event that matched, as the rule language sees it; paths in the reversible text form. */
    EventView event();

    /** The rule's parameters: {@code String}, {@code List<String>} or {@code Map<String, String>}. */
    Map<String, Object> parameters();

    /** A parameter of shape TEXT, with its placeholders; empty if the rule does not give it. */
    Optional<String> text(String parameter);

    /**
     * A path with placeholders, filled in for this event. What a placeholder stands for cannot add directories unless
     * it is itself a path.
     *
     * @return absolute within the volume, without empty, {@code .} and {@code ..} components
     * @throws ActionException refused, if the result is no such path
     */
    String fillPath(String template) throws ActionException;

    /** Causation of what this action causes: its own id, the chain's correlation id, the depth of what follows. */
    Causation causation();

    /** Which attempt this is, from 1. */
    int attempt();

    /** What this request stands for besides itself, if requests of its rule are gathered. */
    default Optional<Gathered> gathered() {
        return Optional.empty();
    }

    /** The attempt before, if one began and its outcome is not known. */
    Optional<EarlierAttempt> earlier();

    /**
     * The file that matched, as it is now. Where this worker itself has moved it since, at its new place.
     *
     * @throws ActionException not-the-same-file, if its path has gone or names another file
     */
    VolumeFiles.Entry file() throws ActionException, IOException;

    /** The files of the request's volume. */
    VolumeFiles files();

    /**
     * The files of that volume, or of another one of {@link ActionModule#otherVolumes}, where each step has to be one of
     * {@link Step#in}.
     */
    VolumeFiles files(String volume);

    /** What the worker allows. */
    WorkerSettings settings();

    /** The emergency brake. */
    Control control();

    /**
     * Asked by a step that takes longer than a moment, several times a second; before each step, the worker asks.
     *
     * @throws HeldException if an all-stop holds the action back; the step undoes what it has half done, or kills what it
     *     has started, and lets this through: the action is made again when the stop is released
     */
    void requireNotStopped();

    /**
     * An attempt that began and whose outcome is not known.
     *
     * @param attempt from 1
     * @param declared the effects that it was going to have
     */
    record EarlierAttempt(int attempt, List<Effect> declared) {
        public EarlierAttempt {
            declared = List.copyOf(declared);
        }
    }
}
