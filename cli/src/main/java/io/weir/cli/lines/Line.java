package io.weir.cli.lines;

import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import java.util.List;
import java.util.Optional;

/** One line of output. */
public sealed interface Line {
    /** The word in the field {@code kind}. */
    String kind();

    /** All parts run. */
    record Ready(List<String> volumes, String bootstrapServers, String schemaRegistry) implements Line {
        public Ready {
            volumes = List.copyOf(volumes);
        }

        @Override
        public String kind() {
            return "ready";
        }
    }

    /** An agent saw a change or an access. */
    record Event(FileEvent event, Optional<Causation> causation) implements Line {
        @Override
        public String kind() {
            return "event";
        }
    }

    /** A stretch of time and subtree for which an agent cannot say that it saw everything. */
    record Gap(FileEvent event) implements Line {
        @Override
        public String kind() {
            return "gap";
        }
    }

    /** An event satisfied rules, which act. */
    record Match(List<String> rules, List<String> actionIds, String eventId, String type, String volume, String path)
            implements Line {
        public Match {
            rules = List.copyOf(rules);
            actionIds = List.copyOf(actionIds);
        }

        @Override
        public String kind() {
            return "match";
        }
    }

    /**
     * An event did not lead to an action, though it could have.
     *
     * @param outcome suppressed, shadowed, depth-exceeded or tripped
     * @param causationId the action that caused the event
     * @param evidence how the agent knew that
     */
    record Suppressed(
            String outcome,
            List<String> rules,
            String eventId,
            String type,
            String volume,
            String path,
            Optional<String> causationId,
            Optional<String> evidence,
            Optional<String> detail)
            implements Line {
        public Suppressed {
            rules = List.copyOf(rules);
        }

        @Override
        public String kind() {
            return "suppressed";
        }
    }

    /**
     * A worker is done with an action.
     *
     * @param target where the file is now, if the action moved it
     * @param causation of the events that the action caused: its causation id is the action's
     */
    record Action(
            String rule,
            String action,
            String actionId,
            int attempt,
            String volume,
            String path,
            Optional<String> target,
            String outcome,
            Optional<String> detail,
            String eventId,
            Optional<Causation> causation)
            implements Line {
        @Override
        public String kind() {
            return "action";
        }
    }

    /** A rule took effect, was refused or deleted; or was suspended for a path, or is no longer. */
    record Rule(String rule, String status, List<String> faults, Optional<String> volume, Optional<String> path)
            implements Line {
        public Rule {
            faults = List.copyOf(faults);
        }

        @Override
        public String kind() {
            return "rule";
        }
    }

    /** Somebody has to look at something. */
    record Alert(io.weir.schemas.Alert alert) implements Line {
        @Override
        public String kind() {
            return "alert";
        }
    }

    /** Something failed that the system goes on without. */
    record Failure(String message) implements Line {
        @Override
        public String kind() {
            return "error";
        }
    }
}
