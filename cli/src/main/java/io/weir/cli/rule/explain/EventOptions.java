package io.weir.cli.rule.explain;

import io.weir.rules.EventField;
import io.weir.rules.SampleEvent;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** An option for each field of an event, made from the fields themselves. */
final class EventOptions implements IModelTransformer {
    /** Before those of all commands, which begin at 50. */
    private static final int ORDER = 20;

    @Override
    public CommandSpec transform(CommandSpec command) {
        int order = ORDER;
        for (EventField field : EventField.values()) {
            command.addOption(OptionSpec.builder("--" + field.key())
                    .paramLabel(field.label())
                    .type(String.class)
                    .order(order++)
                    .description(field.summary())
                    .build());
        }
        return command;
    }

    /**
     * The values that were given.
     *
     * @throws ParameterException if one is not of its field
     */
    static Map<EventField, String> values(CommandSpec command) {
        ParseResult parsed = command.commandLine().getParseResult();
        Map<EventField, String> values = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            String option = "--" + field.key();
            if (parsed.hasMatchedOption(option)) {
                String value = parsed.matchedOptionValue(option, "");
                try {
                    field.check(value);
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(command.commandLine(), option + ": " + e.getMessage(), e);
                }
                values.put(field, value);
            }
        }
        return values;
    }

    /** The event with these values; type and path must be among them. */
    static SampleEvent event(CommandSpec command, Map<EventField, String> values) {
        if (!values.containsKey(EventField.PATH) || !values.containsKey(EventField.TYPE)) {
            throw new ParameterException(
                    command.commandLine(),
                    "no event to explain: expected an EVENT-ID, or --path and --type with more of its fields");
        }
        return SampleEvent.of(values);
    }
}
