package io.weir.cli.undo;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Something that a person asks the workers of a volume to do, about what an action did before.
 *
 * @param of the id of that action
 * @param action what is to be done, as workers know it
 * @param parameters of it
 * @param path that it is about, for people
 * @param touched what it touches: ids of files, and paths. Errands that share one are done one after another
 * @param cause the headers of what that action caused
 */
public record ErrandRequest(
        String of,
        String action,
        Map<String, Object> parameters,
        String volume,
        String path,
        Set<String> touched,
        Causation cause) {
    private static final Duration NOT_AFTER = Duration.ofHours(1);

    public ErrandRequest {
        parameters = Map.copyOf(parameters);
        touched = Set.copyOf(touched);
    }

    /**
     * The request for it.
     *
     * @param at makes its id differ from those of other times that the same is asked for
     */
    ActionRequest request(Instant at, String author, String host, boolean dryRun) {
        Instant now = at.truncatedTo(ChronoUnit.MICROS);
        FileEvent event = FileEvent.newBuilder()
                .setType(action)
                .setVolume(volume)
                .setPath(path)
                .setAgent("weir-" + action)
                .setEpoch(0)
                .setSequence(0)
                .setObservedAt(now)
                .setHost(host)
                .setActor(new Actor(author, null, null, null, "weir " + action, "certain"))
                .build();
        return ActionRequest.newBuilder()
                .setId(Errand.id(of, Long.toString(at.toEpochMilli(), Character.MAX_RADIX)))
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
}
