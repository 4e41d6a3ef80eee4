package io.weir.worker.run;

import io.weir.posix.PosixException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.files.DeclaredEffects;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One attempt at one action. */
final class Attempt {
    private final ActionRunner.Parts parts;
    private final ActionRequest request;
    private final ActionModule module;
    private final Causation causation;
    private final @Nullable ServedVolume volume;
    private final EarlierAttempts earlier;
    private final Instant startedAt;

    /** @param causation of what the action causes */
    Attempt(
            ActionRunner.Parts parts,
            ActionRequest request,
            ActionModule module,
            Causation causation,
            @Nullable ServedVolume volume,
            EarlierAttempts earlier) {
        this.parts = parts;
        this.request = request;
        this.module = module;
        this.causation = causation;
        this.volume = volume;
        this.earlier = earlier;
        this.startedAt = parts.clock().instant();
    }

    ActionResult run() throws IOException, InterruptedException {
        List<Effect> holding = earlier.holding(volume);
        if (!holding.isEmpty() && holding.size() == earlier.declared().size()) {
            return over(Outcome.DONE, "done by attempt " + (earlier.next() - 1), holding);
        }
        List<Step> steps;
        try {
            checkRequest();
            ActionPlan plan = module.plan(context());
            reached(Checkpoint.PLANNED);
            if (plan instanceof ActionPlan.NothingToDo nothing) {
                return over(Outcome.NOTHING_TO_DO, nothing.why(), holding);
            }
            steps = ((ActionPlan.Steps) plan).steps();
        } catch (ActionException e) {
            return over(e.outcome(), e.detail(), holding);
        }
        return execute(steps);
    }

    private RequestContext context() {
        return new RequestContext(
                request,
                causation,
                earlier.next(),
                earlier.outcomeUnknown(),
                earlier.declared(),
                volume,
                parts.settings());
    }

    private void checkRequest() throws ActionException {
        if (startedAt.isAfter(request.getNotAfter())) {
            throw new ActionException(
                    Outcome.EXPIRED,
                    "the request was not to be carried out after " + request.getNotAfter() + "; it is " + startedAt);
        }
        if (!parts.settings().permits(module.name())) {
            throw ActionException.refused(
                    "action '" + module.name() + "' is not among 'actions' in the settings of this worker");
        }
    }

    /** Over without a step. An attempt that died before left its window open; this one's marks let the agent close it. */
    private ActionResult over(Outcome outcome, String detail, List<Effect> holding) throws IOException {
        if (earlier.unknown() && volume != null) {
            BeginMark mark = begin(holding);
            end(mark, stillHolding(holding, volume.files()));
        }
        boolean done = outcome == Outcome.DONE;
        return finish(
                outcome,
                detail,
                holding,
                done ? holding.stream().map(Applied::new).toList() : List.of());
    }

    /** Fields may have been changed between the look at the file and the begin mark; the agent would expect them as declared. */
    private static List<Effect> stillHolding(List<Effect> effects, VolumeFiles files) throws IOException {
        List<Effect> holding = new ArrayList<>();
        for (Effect effect : effects) {
            if (!(effect instanceof Effect.SetFields) || DeclaredEffects.inPlace(files, effect)) {
                holding.add(effect);
            }
        }
        return holding;
    }

    private ActionResult execute(List<Step> steps) throws IOException, InterruptedException {
        BeginMark mark = begin(steps.stream().map(Step::effect).toList());
        List<Effect> holding = new ArrayList<>();
        List<Applied> applied = new ArrayList<>();
        Outcome outcome = Outcome.DONE;
        String detail = null;
        try {
            for (Step step : steps) {
                Optional<Applied> done = step.run();
                done.ifPresent(applied::add);
                holding.add(done.map(Applied::effect).orElse(step.effect()));
                reached(Checkpoint.STEP_DONE);
            }
            detail = applied.stream()
                    .map(Applied::detail)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("; "));
        } catch (ActionException e) {
            outcome = e.outcome();
            detail = e.detail();
        } catch (IOException | InterruptedException | UnableToWorkException e) {
            end(mark, holding);
            parts.ledger().ended(request.getId());
            throw e;
        } catch (RuntimeException e) {
            outcome = Outcome.FAILED;
            detail = "action '" + module.name() + "' has a fault: " + e;
        }
        end(mark, holding);
        reached(Checkpoint.END_MARKED);
        return finish(outcome, detail == null || detail.isEmpty() ? null : detail, holding, applied);
    }

    private BeginMark begin(List<Effect> effects) throws PosixException {
        BeginMark mark = new BeginMark(
                request.getId(),
                earlier.next(),
                request.getEvent().getVolume(),
                causation.correlationId(),
                causation.depth(),
                parts.worker(),
                parts.lock(),
                effects);
        parts.ledger().begin(mark, request.getNotAfter());
        reached(Checkpoint.LEDGER_BEGUN);
        if (volume != null) {
            try {
                volume.marks().begin(mark);
            } catch (PosixException | UnableToWorkException e) {
                parts.ledger().ended(request.getId());
                throw e;
            }
        }
        reached(Checkpoint.BEGIN_MARKED);
        return mark;
    }

    private void end(BeginMark mark, List<Effect> holding) {
        if (volume != null) {
            volume.marks().end(new EndMark(mark.actionId(), mark.attempt(), mark.volume(), parts.worker(), holding));
        }
    }

    private ActionResult finish(Outcome outcome, @Nullable String detail, List<Effect> holding, List<Applied> applied) {
        ActionResult result = Results.of(
                request,
                parts.worker(),
                earlier.next(),
                outcome,
                detail,
                applied,
                startedAt,
                parts.clock().instant());
        List<Effect.Move> moves = holding.stream()
                .filter(Effect.Move.class::isInstance)
                .map(Effect.Move.class::cast)
                .toList();
        moves.forEach(move -> parts.moved().add(result.getVolume(), move));
        parts.ledger().finish(result, moves, request.getNotAfter());
        reached(Checkpoint.LEDGER_FINISHED);
        return result;
    }

    private void reached(Checkpoint checkpoint) {
        parts.observer().reached(checkpoint);
    }
}
