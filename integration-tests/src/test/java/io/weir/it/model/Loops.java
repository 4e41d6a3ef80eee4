package io.weir.it.model;

import io.weir.agent.SpooledEvent;
import io.weir.agent.intake.Draft;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.filter.ActiveRules;
import io.weir.filter.Output;
import io.weir.it.model.Deed.Aspect;
import io.weir.rules.Rule;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first property. Each event that is published as foreign has a foreign change behind it that no earlier event of its
 * type has told. One more is allowed for each pair of a foreign change and an action in whose window it came: there foreign
 * and own values mix in one state. And no request is made for an action's own event, unless the rule asks for that, to its
 * depth.
 */
final class Loops {
    private record Used(Deed deed, Node node, String type) {}

    private final Truth truth;
    private final ActiveRules rules;
    private final Set<Used> used = new HashSet<>();
    private final Set<String> mixed = new HashSet<>();
    /** The id of the file that was last read at a place. */
    private final Map<@Nullable Place, String> readAt = new HashMap<>();
    /** Ids of files that were read where an event was about another. */
    private final Set<String> misread = new HashSet<>();

    Loops(Truth truth, ActiveRules rules) {
        this.truth = truth;
        this.rules = rules;
    }

    /** An event whose transaction is committed. */
    void published(Told told) {
        requireExplained(told);
        Draft draft = told.draft();
        FileStat stat = draft.stat();
        String read = stat == null ? readAt.get(draft.previous()) : stat.fileId();
        if (read != null) {
            readAt.put(draft.place(), read);
        }
        Node about = told.about();
        if (about != null && stat != null && !about.id().equals(stat.fileId())) {
            misread.add(stat.fileId());
        }
    }

    private void requireExplained(Told told) {
        Draft draft = told.draft();
        if (draft.gap() != null || draft.causation().isPresent()) {
            return;
        }
        boolean explained = false;
        for (Node node : truth.nodes(told)) {
            explained = explained || isExplained(draft, node, told.about() == null || draft.reconstructed());
        }
        if (!explained && !isTakenForAnother(told) && truth.nodes(told).stream().noneMatch(this::isOutOfScope)) {
            throw new Violation("P1: no foreign change is behind " + draft);
        }
    }

    /**
     * Read late, a file was taken for another that has its name by now; then a comparison finds it elsewhere, or finds that
     * both are gone.
     */
    private boolean isTakenForAnother(Told told) {
        Node about = told.about();
        FileStat stat = told.draft().stat();
        if (about == null && told.draft().reconstructed()) {
            return truth.nodes(told).stream().map(Node::id).anyMatch(misread::contains);
        }
        String read = stat == null ? readAt.get(told.draft().previous()) : stat.fileId();
        return about != null
                && read != null
                && !about.id().equals(read)
                && truth.deeds().stream().anyMatch(d -> d.node() == about && !d.isForeign());
    }

    /** What a program of ours does outside its scope (say, to a file that is moved while it writes) counts as foreign. */
    private boolean isOutOfScope(Node node) {
        return truth.deeds().stream()
                .anyMatch(d -> d.node() == node && truth.isProgram(d.action()) && !Append.isInScope(d.path()));
    }

    private boolean isExplained(Draft draft, Node node, boolean byScan) {
        return switch (draft.type()) {
            case "attributes-changed" -> attributes(draft, node) || mixes(draft, node, Aspect.ATTRIBUTES);
            case "modified" -> once(draft, node, Aspect.CONTENT) || mixes(draft, node, Aspect.CONTENT);
            case "written" -> written(draft, node, byScan) || mixes(draft, node, Aspect.CONTENT);
            default -> placed(draft, node) || mixes(draft, node, Aspect.PLACE);
        };
    }

    /** One event tells all that its state shows. */
    private boolean attributes(Draft draft, Node node) {
        FileStat stat = draft.stat();
        long readAt = stat == null ? truth.order() : truth.readAt(stat);
        boolean news = false;
        for (Deed deed : truth.deeds()) {
            if (deed.isForeign()
                    && deed.node() == node
                    && deed.aspect() == Aspect.ATTRIBUTES
                    && deed.order() <= readAt) {
                news |= used.add(new Used(deed, node, draft.type()));
            }
        }
        return news;
    }

    private boolean once(Draft draft, Node node, Aspect aspect) {
        for (Deed deed : truth.deeds()) {
            if (deed.isForeign()
                    && deed.node() == node
                    && deed.aspect() == aspect
                    && used.add(new Used(deed, node, draft.type()))) {
                return true;
            }
        }
        return false;
    }

    /** Of a file that was found, it is told that it is written once it is quiet, whoever closed it and when. */
    private boolean written(Draft draft, Node node, boolean byScan) {
        boolean found = byScan && (once(draft, node, Aspect.CONTENT) || placed(draft, node));
        return found || once(draft, node, Aspect.CLOSING);
    }

    private boolean placed(Draft draft, Node node) {
        FileStat stat = draft.stat();
        long readAt = stat == null || !draft.reconstructed() || kind(draft).equals("gone")
                ? truth.order()
                : truth.readAt(stat);
        boolean news = false;
        for (Deed deed : truth.deeds()) {
            boolean fits = deed.isForeign() && deed.order() <= readAt && deed.places(node);
            if (fits && used.add(new Used(deed, node, kind(draft)))) {
                news = true;
                if (!draft.reconstructed()) {
                    return true;
                }
            }
        }
        return news;
    }

    /** A move that is seen from one side only is told as a coming and as a going. */
    private static String kind(Draft draft) {
        return switch (draft.type()) {
            case "written" -> "written";
            case "deleted", "moved-out" -> "gone";
            default -> "place";
        };
    }

    /** Whether a foreign change of the file came while an action was at work; each such pair counts once. */
    private boolean mixes(Draft draft, Node node, Aspect aspect) {
        for (Deed deed : truth.deeds()) {
            boolean about = deed.node() == node && (deed.aspect() == aspect || deed.aspect() == Aspect.CLOSING);
            if (!deed.isForeign() || !about) {
                continue;
            }
            for (var window : truth.windows().entrySet()) {
                boolean within = window.getValue().contains(deed.order())
                        || (truth.anyLost() && window.getValue().isKnown(deed.order()))
                        || (aspect == Aspect.CONTENT && isMovedAfter(deed, window.getKey()));
                if (within && mixed.add(deed.order() + " " + window.getKey() + " " + draft.type())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An action took the file away before what was written to it could be read. */
    private boolean isMovedAfter(Deed written, String action) {
        return truth.deeds().stream()
                .anyMatch(d -> d.node() == written.node()
                        && d.aspect() == Aspect.PLACE
                        && d.order() > written.order()
                        && action.equals(d.action()));
    }

    /** The filter asks for an action. */
    void requested(Output.Request output, SpooledEvent event) {
        ActionRequest request = output.request();
        int depth = Causation.read(output.headers()).orElseThrow().depth();
        Optional<Causation> caused = event.causation();
        int before = caused.map(c -> depthOf(c.causationId())).orElse(0);
        if (depth != before) {
            throw new Violation("P1: depth " + depth + " in the headers, " + before + " in truth: " + request);
        }
        Rule rule = rules.set().find(request.getRule()).orElseThrow();
        if (caused.isPresent() && (!rule.reactsToActions() || before > rule.maxDepth())) {
            throw new Violation("P1: an action's own event leads to an action: " + request);
        }
        FileEvent about = request.getEvent();
        @Nullable
        String file = about.getState() == null ? null : about.getState().getFileId();
        if (truth.actions().containsKey(request.getId())) {
            throw new Violation("P1: asked for twice: " + request);
        }
        truth.asked(request.getId(), new Truth.Asked(rule.id(), request.getAction(), depth + 1, file));
    }

    private int depthOf(String action) {
        Truth.Asked asked = truth.actions().get(action);
        if (asked == null) {
            throw new Violation("P1: event of an action that was not asked for: " + action);
        }
        return asked.depth();
    }
}
