package io.weir.rules.language;

import io.weir.rules.Breaker;
import io.weir.rules.EventField;
import io.weir.rules.EventTypes;
import io.weir.rules.Mode;
import io.weir.rules.condition.WordCheck;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Quiet;
import io.weir.rules.trigger.Together;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys of the rule language: what readers accept, and what {@link RuleFileSchema} describes. One entry a key. */
final class Vocabulary {
    static final List<String> CAUSES = List.of("external", "action");
    static final List<String> EXPECTATIONS = List.of("match", "no-match");
    static final List<String> MODES = Stream.of(Mode.values()).map(Mode::word).toList();

    private static final Map<String, Object> GLOBS = Fragment.oneOrMore(Fragment.text());
    private static final Map<String, Object> PATHS = Fragment.oneOrMore(Fragment.text("^(/|\\*\\*|\\{|\\$)"));
    private static final Map<String, Object> NAMES = Fragment.oneOrMore(Fragment.text("^[^*?\\[\\]{}/]+$"));

    private static final Map<String, Object> RANGES =
            Fragment.oneOrMore(Fragment.text("^\\s*([<>=]{0,2}\\s*[0-9]|\\$)"));
    private static final Map<String, Object> DURATION = Fragment.text("^\\s*[0-9]+\\s*[smhdw]\\s*$");

    /** At the top of a file. */
    static final List<Word> FILE = List.of(
            new Word(
                    "lists",
                    "Named lists of values; '$name' in a rule puts one in.",
                    Fragment.with(
                            Fragment.mapping(Fragment.oneOrMore(Fragment.text())),
                            "propertyNames",
                            Map.of("pattern", "^[A-Za-z0-9][A-Za-z0-9_-]*$"))),
            new Word("rules", "The rules of the file.", Fragment.array(Fragment.reference("rule"))));

    /** Of a rule. */
    static final List<Word> RULE = List.of(
            new Word(
                    "id",
                    "The rule's name. A rule applied with the id of another takes its place.",
                    Fragment.text("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")),
            new Word("description", "For people.", Fragment.text()),
            new Word(
                    "mode",
                    "enforce: act. shadow: record what it would do, do nothing. off: do not look.",
                    Fragment.word(MODES)),
            new Word("volume", "A volume's name, a glob for names, or a list of these; any volume if left out.", GLOBS),
            new Word("on", "The event types that it is about, one or a list.", Fragment.words(EventTypes.WORDS)),
            new Word("when", "Conditions; without any, every event of these types.", Fragment.reference("when")),
            new Word(
                    "causes",
                    "external: events that no action of Weir's caused. action: events that one did.",
                    Fragment.words(CAUSES)),
            new Word(
                    "max-depth",
                    "With 'causes: [external, action]': how many actions may lie before an event.",
                    Fragment.with(
                            Fragment.with(Map.of("type", List.of("integer", "string")), "minimum", 1), "maximum", 16)),
            new Word(Quiet.SETTLE, "Act only once the file has been left alone this long, such as 30s.", DURATION),
            new Word(
                    Breaker.KEY,
                    "How often it may act on one path before it is suspended for it: {firings: 100, within: 10m}, or off.",
                    Fragment.anyOf(
                            Fragment.word(List.of("off")),
                            Fragment.mapping(
                                    List.of(
                                            new Word("firings", "How often, 1 to 100000.", Fragment.text()),
                                            new Word("within", "Such as 10m.", DURATION)),
                                    "firings",
                                    "within"))),
            new Word("actions", "What to do, in this order.", Fragment.list(Fragment.reference("action"))),
            new Word(
                    "tests",
                    "Events, and whether the rule is to match them; 'weir rules test' runs them.",
                    Fragment.array(Fragment.reference("test"))));

    /** What puts conditions together. */
    static final List<Word> COMBINATIONS = List.of(
            new Word("all", "Every one of these conditions holds.", Fragment.reference("when")),
            new Word("any", "One of these conditions holds at least.", Fragment.reference("conditionList")),
            new Word("not", "This condition does not hold.", Fragment.reference("not")));

    /** Conditions, each of one value or several of which one has to fit. */
    static final List<Word> CONDITIONS = List.of(
            new Word("path", "A glob for the whole path, which is absolute within its volume.", PATHS),
            new Word("previous-path", "A glob for the path before a move.", PATHS),
            new Word("directory", "A glob for the directory that holds the file directly.", PATHS),
            new Word("name", "A glob for the last part of the path.", GLOBS),
            new Word("volume", "A glob for the volume's name.", GLOBS),
            new Word("host", "A glob for the agent's host.", GLOBS),
            new Word("agent", "A glob for the agent's id.", GLOBS),
            new Word(
                    "extension",
                    "The extension, without its dot, whatever its case; \"\" for none.",
                    Fragment.oneOrMore(Fragment.text("^[^.*?\\[\\]{}/]*$"))),
            new Word(
                    "regex",
                    "A regular expression (RE2), found anywhere in the path.",
                    Fragment.oneOrMore(Fragment.text())),
            new Word("depth", "How many names the path has: '1', '> 5' or '2..4'.", RANGES),
            new Word("age", "From the file's last modification to the event: '> 30d' or '1d..7d'.", RANGES),
            new Word("actor", "Who made the change, where the source can tell.", NAMES),
            new Word("time", "Hours and days of the week at which the event was observed.", time()),
            new Word("size", "A comparison or a range of sizes, such as '>= 10 MiB' or '1 MiB..10 MiB'.", RANGES),
            new Word(
                    "mode",
                    "Permission bits, octal: exactly these, 'any 0022' or 'all 0111' of these.",
                    Fragment.oneOrMore(Fragment.text("^\\s*((any|all)\\s+)?(0o)?[0-7]{3,5}\\s*$|^\\$"))),
            new Word("type", "An event type, to tell those under 'on' apart.", of(WordCheck.Field.TYPE)),
            new Word("kind", "What the file is.", of(WordCheck.Field.KIND)),
            new Word("origin", "live, or reconstructed by comparing after a gap.", of(WordCheck.Field.ORIGIN)),
            new Word("owner", "The owner's name, or number where it has none.", NAMES),
            new Word("group", "The group's name, or number where it has none.", NAMES));

    /** What a rule waits for, beside its conditions. */
    static final List<Word> TRIGGERS = List.of(
            new Word(Quiet.CONDITION, "The file has been left alone this long, such as 10m.", DURATION),
            new Word(
                    Burst.KEY,
                    "So many events within so long; fires once.",
                    Fragment.mapping(
                            List.of(
                                    new Word("count", "How many, 2 to 100000.", Fragment.text()),
                                    new Word("within", "Such as 1m.", DURATION),
                                    new Word(
                                            "by",
                                            "What the events have in common.",
                                            Fragment.word(Burst.Field.groupWords())),
                                    new Word(
                                            "distinct",
                                            "Count different values of this rather than events.",
                                            Fragment.word(Burst.Field.distinctWords()))),
                            "count",
                            "within",
                            "by")),
            new Word(
                    Together.KEY,
                    "Each of these files has had an event within so long.",
                    Fragment.mapping(
                            List.of(
                                    new Word("paths", "Globs, at least two.", PATHS),
                                    new Word("within", "Such as 10m.", DURATION)),
                            "paths",
                            "within")));

    /** Of a test. */
    static final List<Word> TEST = List.of(
            new Word("name", "What the test is called in reports.", Fragment.text()),
            new Word("event", "The event's fields; what is left out has a default or is unknown.", event()),
            new Word("expect", "Whether the rule is to match the event.", Fragment.word(EXPECTATIONS)));

    private Vocabulary() {}

    private static Map<String, Object> of(WordCheck.Field field) {
        return Fragment.words(field.words());
    }

    private static Map<String, Object> time() {
        String span = "^\\s*[0-9]{1,2}:[0-9]{2}\\s*\\.\\.\\s*[0-9]{1,2}:[0-9]{2}\\s*$|^\\$";
        return Fragment.with(
                Fragment.mapping(List.of(
                        new Word("hours", "Such as '08:00..18:00'.", Fragment.oneOrMore(Fragment.text(span))),
                        new Word("days", "Such as sat, or 'mon..fri'.", Fragment.oneOrMore(Fragment.text())),
                        new Word("zone", "Whose clocks are meant, such as Europe/Berlin; UTC.", Fragment.text()))),
                "minProperties",
                1);
    }

    private static Map<String, Object> event() {
        return Fragment.mapping(Stream.of(EventField.values())
                .map(field -> new Word(
                        field.key(),
                        field.summary(),
                        field.words().isEmpty() ? Fragment.text() : Fragment.word(field.words())))
                .toList());
    }
}
