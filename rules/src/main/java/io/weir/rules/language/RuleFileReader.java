package io.weir.rules.language;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleCase;
import io.weir.rules.RuleFile;
import io.weir.rules.RuleModel;
import io.weir.rules.RuleSource;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file with {@code lists} and {@code rules}. */
public final class RuleFileReader {
    private static final List<String> KEYS = Word.keys(Vocabulary.FILE);

    private final ActionTypes types;
    private final Faults faults;
    private final List<RuleSource> rules = new ArrayList<>();

    private RuleFileReader(ActionTypes types, Faults faults) {
        this.types = types;
        this.faults = faults;
    }

    /** Reads and checks a file; never fails. */
    public static RuleFile read(String text, String sourceName, ActionTypes types) {
        Faults faults = new Faults(sourceName);
        RuleFileReader reader = new RuleFileReader(types, faults);
        YamlReader.read(text, faults).ifPresent(reader::file);
        return new RuleFile(reader.rules, faults.sorted());
    }

    private void file(YamlNode root) {
        if (!(root instanceof Mapping file)) {
            faults.add(
                    root, "the file is " + root.shown() + ": expected a mapping with 'rules' and, if need be, 'lists'");
            return;
        }
        for (Entry entry : file.entries()) {
            if (!KEYS.contains(entry.key().text())) {
                faults.add(entry.key(), Words.unknown("key", entry.key().text(), KEYS));
            }
        }
        Lists lists = file.find("lists")
                .map(entry -> Lists.read(entry.value(), faults))
                .orElse(Lists.NONE);
        Optional<Entry> list = file.find("rules");
        if (list.isEmpty()) {
            faults.add(file, "missing 'rules': expected a list of rules");
        } else if (list.get().value() instanceof Sequence sequence) {
            rules(sequence, lists);
        } else {
            YamlNode value = list.get().value();
            faults.add(value, "'rules' is " + value.shown() + ": expected a list of rules ('[]' for none)");
        }
    }

    private void rules(Sequence sequence, Lists lists) {
        Map<String, YamlNode> places = new HashMap<>();
        for (YamlNode node : sequence.items()) {
            Optional<RuleModel> model = RuleReader.read(node, lists, types, faults);
            List<RuleCase> tests = CaseReader.read(node, model, faults);
            if (isNew(node, places)) {
                boolean depthStated =
                        node instanceof Mapping rule && rule.find("max-depth").isPresent();
                model.ifPresent(m -> rules.add(new RuleSource(
                        m.id(),
                        Canonical.definition(m),
                        faults.source(),
                        node.line(),
                        node.column(),
                        depthStated,
                        tests)));
            }
        }
    }

    /** Whether no rule before has the same id; such a rule may itself be faulty. */
    private boolean isNew(YamlNode node, Map<String, YamlNode> places) {
        if (!(node instanceof Mapping rule)) {
            return true;
        }
        Optional<YamlNode> id = rule.find("id").map(Entry::value);
        if (id.isEmpty() || !(id.get() instanceof YamlNode.Scalar scalar)) {
            return true;
        }
        YamlNode first = places.putIfAbsent(scalar.text(), scalar);
        if (first != null) {
            faults.of(scalar.text())
                    .add(
                            scalar,
                            "duplicate rule id '" + scalar.text()
                                    + "': expected an id of its own; it already stands in line " + first.line());
        }
        return first == null;
    }
}
