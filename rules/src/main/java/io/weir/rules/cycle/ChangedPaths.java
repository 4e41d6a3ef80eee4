package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import io.weir.rules.Rule;
import io.weir.rules.Template;
import io.weir.rules.TemplateLanguage;
import io.weir.rules.action.Change;

/** On which paths a rule's actions may cause events. */
final class ChangedPaths {
    private static final Automaton BELOW =
            BasicAutomata.makeChar('/').concatenate(BasicAutomata.makeAnyChar().repeat(1));

    private final RulePaths events;

    /** @param events paths of the events that rules are about */
    ChangedPaths(RulePaths events) {
        this.events = events;
    }

    Automaton of(Change.Where where, Rule rule) {
        if (where instanceof Change.AtEvent) {
            return events.of(rule);
        }
        if (where instanceof Change.At at) {
            return filled(at.template(), rule);
        }
        if (where instanceof Change.Below below) {
            return filled(below.template(), rule).concatenate(BELOW);
        }
        if (where instanceof Change.Above above) {
            return TemplateLanguage.above(filled(above.template(), rule));
        }
        return BasicAutomata.makeAnyString();
    }

    private Automaton filled(String text, Rule rule) {
        Template template = Template.parse(text);
        Automaton paths = template.hasPlaceholders() ? events.of(rule) : BasicAutomata.makeAnyString();
        return new TemplateLanguage(paths, rule.id()).of(template);
    }
}
