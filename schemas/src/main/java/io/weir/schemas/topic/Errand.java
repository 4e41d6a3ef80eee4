package io.weir.schemas.topic;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that people (or a worker, in their place) ask the workers of a volume to do about an action that was carried out:
 * to undo it, or to purge what it put into quarantine.
 *
 * @param of id of that action
 * @param action what is to be done, as workers know it
 * @param parameters of it
 * @param path that it is about, for people
 */
public record Errand(String of, String action, Map<String, Object> parameters, String volume, String path) {
    private static final String MARK = "-u";
    private static final Duration NOT_AFTER = Duration.ofHours(1);

    public Errand {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Who asks.
     *
     * @param agent stands in the place of the agent that sees events
     * @param actor the person; null: none
     */
    public record Sender(String agent, String host, @Nullable Actor actor) {}

    /**
     * The request for it, which workers refuse an hour later.
     *
     * @param occasion letters and digits that tell it from other times that the same is asked for
     */
    public ActionRequest request(Sender sender, String occasion, Instant at, boolean dryRun) {
        Instant now = at.truncatedTo(ChronoUnit.MICROS);
        FileEvent event = FileEvent.newBuilder()
                .setType(action)
                .setVolume(volume)
                .setPath(path)
                .setAgent(sender.agent())
                .setEpoch(0)
                .setSequence(0)
                .setObservedAt(now)
                .setHost(sender.host())
                .setActor(sender.actor())
                .build();
        return ActionRequest.newBuilder()
                .setId(of + MARK + occasion)
                .setRule(action)
                .setRulesOffset(-1)
                .setPosition(0)
                .setAction(action)
                .setParameters(new HashMap<>(parameters))
                .setEvent(event)
                .setEventPartition(-1)
                .setEventOffset(-1)
                .setNotAfter(now.plus(NOT_AFTER))
                .setDryRun(dryRun)
                .build();
    }

    /** The key of its request. */
    public String key() {
        return Keys.fileEvent(volume, path);
    }

    /** The id of the action that a request with this id is about; the id itself, if it is no errand's. */
    public static String about(String id) {
        int mark = id.lastIndexOf(MARK);
        return mark <= 0 ? id : id.substring(0, mark);
    }
}
