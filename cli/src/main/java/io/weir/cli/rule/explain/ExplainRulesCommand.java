package io.weir.cli.rule.explain;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.UnknownRules;
import io.weir.cli.rule.file.RuleFiles;
import io.weir.cli.search.EventSearch;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.filter.ActiveRules;
import io.weir.rules.ActionTypes;
import io.weir.rules.EventField;
import io.weir.rules.EventView;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import io.weir.rules.RuleSource;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules explain}. */
@Command(
        name = "explain",
        description = {
            "Show for each rule whether it matches an event, or the first condition that failed and the value seen.",
            "The event is one that was seen, by its id, or one that the options describe. It is held against the rules that"
                    + " were in force when it was judged; if it is described, against those in force now; with -f, against"
                    + " those of files, for which no system has to run."
        },
        modelTransformer = EventOptions.class,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "weir rules explain EVENT-ID [--rule ID]... [-f FILE]...",
            "       weir rules explain --path PATH --type WORD [--size SIZE ...] [--rule ID]... [-f FILE]..."
        },
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir rules explain --type written --path /projects/a.zip --size '20 MiB' -f rules.yaml",
            "  weir rules explain nas1:1760000000:4711 --rule quarantine-media"
        })
public final class ExplainRulesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "EVENT-ID",
            arity = "0..1",
            description = "Id of an event, agent:epoch:sequence, as 'weir up --json' and decisions show it.")
    private @Nullable String eventId;

    @Option(names = "--rule", paramLabel = "ID", description = "Only this rule. Repeatable.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Against the rules of this file, directory, or standard input (-). Repeatable.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    ExplainRulesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<EventField, String> fields = EventOptions.values(spec);
        CommandOutput output = CommandOutput.of(spec);
        if (eventId == null) {
            described(EventOptions.event(spec, fields), output);
            if (!fields.containsKey(EventField.VOLUME)) {
                output.note("no --volume was given: rules for certain volumes do not match");
            }
        } else if (fields.isEmpty()) {
            seen(id(eventId), output);
        } else {
            throw new ParameterException(
                    spec.commandLine(),
                    "EVENT-ID and --" + fields.keySet().iterator().next().key()
                            + " both: expected the id of an event, or the fields of one");
        }
        return ExitCode.OK;
    }

    private EventId id(String text) {
        try {
            return EventId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void described(EventView event, CommandOutput output) {
        if (!files.isEmpty()) {
            explain(ofFiles(), event, Optional.empty(), output);
            return;
        }
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES);
        ActiveRules rules = RuleSets.now(connection);
        output.note("by the rules in force now, rules offset " + rules.offset());
        explain(rules.set(), event, Optional.empty(), output);
    }

    private void seen(EventId id, CommandOutput output) {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.FILE_EVENTS, Topics.RULES, Topics.RULES_IN_FORCE);
        Optional<RuleSet> fromFiles = files.isEmpty() ? Optional.empty() : Optional.of(ofFiles());
        FoundEvent event = find(connection, id, output);
        RuleSet rules = fromFiles.isPresent() ? fromFiles.get() : ofThen(connection, event, output);
        explain(rules, event, event.causation(), output);
    }

    private static FoundEvent find(KafkaConnection connection, EventId id, CommandOutput output) {
        try (TopicScan scan = new TopicScan(connection, output)) {
            EventSearch search = new EventSearch(scan, id);
            return search.find(TimeRange.ALL)
                    .flatMap(FoundEvent::of)
                    .orElseThrow(() -> new CommandException(search.notThere()
                            + "; expected an event within the audit window, by its id as 'weir up --json' shows it"));
        }
    }

    private static RuleSet ofThen(KafkaConnection connection, FoundEvent event, CommandOutput output) {
        Optional<RulesInForce> then = RuleSets.inForce(connection, event.partition(), event.offset());
        if (then.isEmpty()) {
            ActiveRules now = RuleSets.now(connection);
            output.note(event.shown() + " has not been judged yet; by the rules in force now, rules offset "
                    + now.offset());
            return now.set();
        }
        ActiveRules rules = RuleSets.at(connection, then.get().getRulesOffset());
        output.note(
                event.shown() + " was judged under rules offset " + then.get().getRulesOffset());
        if (!rules.set().hash().equals(then.get().getHash())) {
            output.note("these are not exactly the rules of then: versions of them have been compacted away, or other"
                    + " actions were installed");
        }
        return rules.set();
    }

    private RuleSet ofFiles() {
        List<Rule> rules = new ArrayList<>();
        ActionTypes types = ActionTypes.discover();
        for (RuleSource source : RuleFiles.read(context, files).rules()) {
            try {
                rules.add(Rule.compile(source.definition(), types));
            } catch (RuleRejectedException e) {
                throw new IllegalStateException("rule '" + source.id() + "' was read without faults, but has some", e);
            }
        }
        return RuleSet.of(rules);
    }

    private void explain(RuleSet rules, EventView event, Optional<Causation> causation, CommandOutput output) {
        List<String> known = rules.rules().stream().map(Rule::id).toList();
        UnknownRules.refuse(ids, known, "there are");
        for (Rule rule : rules.rules()) {
            if (ids.isEmpty() || ids.contains(rule.id())) {
                output.line(rule.id() + ": " + Verdict.of(rule, event, causation));
            }
        }
        if (known.isEmpty()) {
            output.note("there are no rules");
        }
    }
}
