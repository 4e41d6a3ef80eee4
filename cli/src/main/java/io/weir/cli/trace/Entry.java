package io.weir.cli.trace;

import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.DeadLetter;
import java.util.List;
import java.util.Optional;

/** What one place in the tree of a chain stands for. */
sealed interface Entry {
    /** The record that says so; empty if it is not there. */
    Optional<FoundRecord> record();

    /** An entry that there is a record of. */
    sealed interface Recorded extends Entry {
        FoundRecord found();

        @Override
        default Optional<FoundRecord> record() {
            return Optional.of(found());
        }
    }

    /**
     * An event.
     *
     * @param otherHalf of a move across directories: the record under the old one
     * @param again the same records, sent again by the agent
     */
    record Event(
            String id, FoundRecord found, FileEvent event, Optional<FoundRecord> otherHalf, List<FoundRecord> again)
            implements Recorded {
        public Event {
            again = List.copyOf(again);
        }
    }

    /**
     * What the filter concluded.
     *
     * @param counted the events that a rule which counts concluded from
     */
    record Decision(FoundRecord found, io.weir.schemas.Decision decision, Optional<Counted> counted)
            implements Recorded {}

    /** What the event adds to a rule that counts. */
    record Contributed(FoundRecord found, Contribution contribution) implements Recorded {}

    /** An action that was asked for. */
    record Request(FoundRecord found, ActionRequest request) implements Recorded {}

    /**
     * What became of an action.
     *
     * @param again whether the same attempt was reported before
     */
    record Result(FoundRecord found, ActionResult result, boolean again) implements Recorded {}

    /** A record that could not be handled. */
    record Dead(FoundRecord found, DeadLetter letter) implements Recorded {}

    /** A record of a kind that this version does not know, or that cannot be decoded. */
    record Other(FoundRecord found) implements Recorded {}

    /** What should be there and is not. */
    record Missing(What what, String id) implements Entry {
        enum What {
            EVENT("event", "event %s is not there"),
            DECISION("decision", "no decision: no rule matched, or it is not judged yet"),
            /** An event that an action caused always has one. */
            DECISION_TO_COME("decision", "no decision yet"),
            REQUEST("request", "request of action %s is not there"),
            RESULT("result", "no result yet"),
            EFFECT("effect", "no event of what it changed yet");

            private final String word;
            private final String sentence;

            What(String word, String sentence) {
                this.word = word;
                this.sentence = sentence;
            }

            String word() {
                return word;
            }

            String sentence(String id) {
                return sentence.formatted(id);
            }
        }

        @Override
        public Optional<FoundRecord> record() {
            return Optional.empty();
        }
    }
}
