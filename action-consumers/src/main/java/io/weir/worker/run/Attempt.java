package io.weir.worker.run;

import io.weir.posix.PosixException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Gathered;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.UnableToWorkException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One attempt at one action. */
final class Attempt {
    private final ActionRunner.Parts parts;
    private final ActionRequest request;
    private final ActionModule module;
    private final Causation causation;
    private final @Nullable ActionVolumes volumes;
    private final EarlierAttempts earlier;
    private final Optional<Gathered> gathered;
    private final Instant startedAt;
    private final RequestContext context;

    /**
     * @param causation of what the action causes
     * @param gathered what the request stands for besides itself
     */
    Attempt(
            ActionRunner.Parts parts,
            ActionRequest request,
            ActionModule module,
            Causation causation,
            @Nullable ActionVolumes volumes,
            EarlierAttempts earlier,
            Optional<Gathered> gathered) {
        this.parts = parts;
        this.request = request;
        this.module = module;
        this.causation = causation;
        this.volumes = volumes;
        this.earlier = earlier;
        this.gathered = gathered;
        this.startedAt = parts.clock().instant();
        this.context = new RequestContext(
                request,
                causation,
                earlier.next(),
                earlier.outcomeUnknown(),
                earlier.declared(),
                volumes,
                parts.surroundings(),
                gathered);
    }

    ActionResult run() throws IOException, InterruptedException {
        List<Effect> holding = earlier.holding(volumes);
        if (!holding.isEmpty() && holding.size() == earlier.declared().size()) {
            return over(Outcome.DONE, "done by attempt " + (earlier.next() - 1), holding);
        }
        List<Step> steps;
        try {
            checkRequest();
            requireNotStopped();
            ActionPlan plan = module.plan(context);
            reached(Checkpoint.PLANNED);
            if (plan instanceof ActionPlan.NothingToDo nothing) {
                return over(Outcome.NOTHING_TO_DO, nothing.why(), holding);
            }
            steps = ((ActionPlan.Steps) plan).steps();
            checkPolicy(steps);
            if (request.getDryRun() || parts.surroundings().dryRun()) {
                return wouldDo(steps);
            }
            requireTouchable();
        } catch (ActionException e) {
            return over(e.outcome(), e.detail(), holding);
        }
        return execute(steps, earlier.journal(holding));
    }

    private void checkRequest() throws ActionException {
        Instant last = request.getNotAfter().plus(gathered.map(Gathered::window).orElse(Duration.ZERO));
        if (startedAt.isAfter(last)) {
            throw new ActionException(
                    Outcome.EXPIRED, "the request was not to be carried out after " + last + "; it is " + startedAt);
        }
        if (module.isForRules()) {
            refuse(parts.settings().refusal(module.name()));
        }
    }

    private void checkPolicy(List<Step> steps) throws ActionException, IOException {
        for (Step step : steps) {
            refuse(parts.settings().files().refusal(request.getEvent().getVolume(), step.effect()));
        }
    }

    private static void refuse(Optional<String> reason) throws ActionException {
        if (reason.isPresent()) {
            throw ActionException.refused(reason.get());
        }
    }

    private void requireNotStopped() {
        if (module.isHeldByStops()) {
            context.requireNotStopped();
        }
    }

    private void requireTouchable() {
        if (volumes != null) {
            volumes.requireTouchable();
        }
    }

    private ActionResult wouldDo(List<Step> steps) {
        return finish(
                Outcome.WOULD_DO,
                Results.inWords(steps),
                List.of(),
                steps.stream()
                        .map(step -> new Applied(step.effect(), step.before(), null))
                        .toList());
    }

    /** Over without a step. An attempt that died before left its window open; this one's marks let the agent close it. */
    private ActionResult over(Outcome outcome, String detail, List<Effect> holding) throws IOException {
        if (earlier.unknown() && volumes != null) {
            BeginMark mark = begin(holding, earlier.journal(holding));
            volumes.end(mark, volumes.stillHolding(holding), () -> {});
        }
        return finish(outcome, detail, holding, applied(earlier.journal(holding)));
    }

    private static List<Applied> applied(List<Journalled> journal) {
        return journal.stream()
                .map(entry -> new Applied(entry.effect(), entry.before(), null))
                .toList();
    }

    /** @param carried what earlier attempts did and is in place */
    private ActionResult execute(List<Step> steps, List<Journalled> carried) throws IOException, InterruptedException {
        List<Effect> effects = steps.stream().map(Step::effect).toList();
        List<Journalled> journal = new ArrayList<>(carried);
        journal.removeIf(entry -> effects.contains(entry.effect()));
        List<Applied> applied = new ArrayList<>(applied(journal));
        steps.forEach(step -> journal.add(new Journalled(step.effect(), step.before())));
        BeginMark mark = begin(effects, journal);
        List<Effect> holding = new ArrayList<>();
        Outcome outcome = Outcome.DONE;
        String detail = null;
        try {
            for (Step step : steps) {
                requireNotStopped();
                requireTouchable();
                run(step, holding, applied);
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
            end(mark, holding, () -> {});
            parts.ledger().ended(request.getId());
            throw e;
        } catch (RuntimeException e) {
            outcome = Outcome.FAILED;
            detail = "action '" + module.name() + "' has a fault: " + e;
        }
        end(mark, holding, () -> reached(Checkpoint.END_MARKED));
        return finish(outcome, detail == null || detail.isEmpty() ? null : detail, holding, applied);
    }

    private static void run(Step step, List<Effect> holding, List<Applied> applied)
            throws ActionException, IOException, InterruptedException {
        try {
            Optional<Applied> done = step.run();
            done.ifPresent(one -> applied.add(remarked(one, step)));
            holding.add(done.map(Applied::effect).orElse(step.effect()));
        } catch (ActionException e) {
            if (!step.isPassedOver() || e.outcome() != Outcome.NOT_THE_SAME_FILE) {
                throw e;
            }
        }
    }

    private static Applied remarked(Applied applied, Step step) {
        String detail = Stream.of(Optional.ofNullable(applied.detail()), step.remark())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return new Applied(applied.effect(), applied.before(), detail.isEmpty() ? null : detail);
    }

    private BeginMark begin(List<Effect> effects, List<Journalled> journal) throws PosixException {
        BeginMark mark = new BeginMark(
                request.getId(),
                earlier.next(),
                request.getEvent().getVolume(),
                causation.correlationId(),
                causation.depth(),
                parts.worker(),
                parts.lock(),
                effects,
                journal);
        parts.ledger().begin(mark, request.getNotAfter());
        reached(Checkpoint.LEDGER_BEGUN);
        if (volumes == null) {
            reached(Checkpoint.BEGIN_MARKED);
            return mark;
        }
        try {
            volumes.begin(mark, () -> reached(Checkpoint.BEGIN_MARKED));
            return mark;
        } catch (PosixException | UnableToWorkException e) {
            parts.ledger().ended(request.getId());
            throw e;
        }
    }

    /** @param marked told after each mark, or at once where there are none */
    private void end(BeginMark mark, List<Effect> holding, Runnable marked) {
        if (volumes == null) {
            marked.run();
        } else {
            volumes.end(mark, holding, marked);
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
        parts.surroundings().observer().reached(checkpoint);
    }
}
