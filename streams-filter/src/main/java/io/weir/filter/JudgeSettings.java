package io.weir.filter;

import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * What judging depends on beside rules and events.
 *
 * @param filter id of the filter, told with rules that are suspended
 * @param volumes asked once for each record that is judged: which volumes have a topic for their actions; any thread
 * @param schemas gives the writer's schema of an id, as the registry has it
 * @param notAfter how long after the event's log time an action may still be carried out
 */
public record JudgeSettings(
        String filter, Supplier<RegisteredVolumes> volumes, IntFunction<Schema> schemas, Duration notAfter) {

    /** The schemas of events, as a registry has them. */
    public static IntFunction<Schema> schemas(SchemaRegistryClient registry) {
        return id -> registry.byId(id, Topics.FILE_EVENTS + "-value");
    }
}
