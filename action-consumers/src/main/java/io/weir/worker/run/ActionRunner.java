package io.weir.worker.run;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionModule;
import io.weir.worker.Gathered;
import io.weir.worker.Outcome;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeMount;
import io.weir.worker.files.DeclaredEffects;
import io.weir.worker.files.MountedFiles;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.ledger.LedgerEntry;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries actions out, one attempt a call. Safe for all threads; attempts at one action, and actions on one file, are the
 * caller's to order.
 */
public final class ActionRunner {
    private final Parts parts;
    private final Map<String, ActionModule> modules;
    private final Map<String, ServedVolume> volumes = new HashMap<>();

    /** What all attempts share. */
    record Parts(String worker, String lock, Ledger ledger, MovedFiles moved, Surroundings surroundings) {
        WorkerSettings settings() {
            return surroundings.settings();
        }

        Clock clock() {
            return surroundings.clock();
        }
    }

    /**
     * Serves no volume yet.
     *
     * @param worker id of the worker; no other running one has it
     * @param lock absolute path of a file that this process holds a lock on, not used by any process before
     */
    public ActionRunner(
            String worker, String lock, Ledger ledger, Collection<ActionModule> modules, Surroundings surroundings) {
        this(new Parts(worker, lock, ledger, new MovedFiles(ledger), surroundings), modules);
    }

    /**
     * Likewise, and then serves volumes that are mounted.
     *
     * @throws IOException if a marks directory cannot be made or read
     */
    public ActionRunner(
            String worker,
            String lock,
            Ledger ledger,
            Collection<ActionModule> modules,
            Collection<VolumeMount> mounts,
            Surroundings surroundings)
            throws IOException {
        this(worker, lock, ledger, modules, surroundings);
        for (VolumeMount mount : mounts) {
            serve(mount);
        }
    }

    ActionRunner(Parts parts, Collection<ActionModule> modules) {
        this.parts = parts;
        this.modules = modules.stream().collect(Collectors.toUnmodifiableMap(ActionModule::name, Function.identity()));
    }

    /** Serves a volume that is mounted; as {@link #serve(VolumeFiles, MarkFolder)}. */
    public void serve(VolumeMount mount) throws IOException {
        serve(new MountedFiles(mount.volume(), mount.root()), new HostMarkFolder(mount.marks(), parts.worker()));
    }

    /**
     * Serves a volume, too, and closes what an earlier process of this worker left open there of actions that are over.
     * Before the first attempt only.
     *
     * @param folder where the volume's agent of record reads marks from
     * @throws IOException if marks cannot be read
     */
    public void serve(VolumeFiles files, MarkFolder folder) throws IOException {
        var marks = new MarkFiles(files.volume(), folder);
        var volume = new ServedVolume(files, new FileLookup(files, parts.moved()), marks);
        closeLeftOpen(volume);
        volumes.put(files.volume(), volume);
    }

    /** An action that is over will not be delivered again, so nobody else would close the window of its last attempt. */
    private void closeLeftOpen(ServedVolume volume) throws IOException {
        for (BeginMark mark : volume.marks().open(parts.worker())) {
            if (parts.ledger().find(mark.actionId()).orElse(null) instanceof LedgerEntry.Finished) {
                List<Effect> holding = DeclaredEffects.inPlace(volume.files(), mark.effects());
                volume.marks()
                        .end(new EndMark(mark.actionId(), mark.attempt(), mark.volume(), parts.worker(), holding));
            }
        }
    }

    /** Why this worker cannot even begin with a request, and no other attempt could; empty if it can. */
    public Optional<String> unacceptable(ActionRequest request) {
        try {
            return fault(request);
        } catch (RuntimeException e) {
            // Whoever writes requests past the filter may put anything into the parameters.
            return Optional.of("its parameters are none of action '" + request.getAction() + "': " + e.getMessage());
        }
    }

    private Optional<String> fault(ActionRequest request) {
        ActionModule module = modules.get(request.getAction());
        if (module == null) {
            return Optional.of("action '" + request.getAction() + "' is not known to worker '" + parts.worker()
                    + "', which knows " + new TreeSet<>(modules.keySet()) + "; install its module or mend the rule");
        }
        String volume = request.getEvent().getVolume();
        if (module.needsVolume() && !volumes.containsKey(volume)) {
            return Optional.of("action '" + request.getAction() + "' needs the files of volume '" + volume
                    + "', but worker '" + parts.worker() + "' serves " + new TreeSet<>(volumes.keySet()));
        }
        gathering(request);
        return module.otherVolumes(request.getParameters()).stream()
                .filter(other -> !volumes.containsKey(other))
                .findFirst()
                .map(other -> "action '" + request.getAction() + "' needs the files of volume '" + other
                        + "', too, but worker '" + parts.worker() + "' serves " + new TreeSet<>(volumes.keySet())
                        + "; have each worker of volume '" + volume + "' serve both (--volume " + other
                        + "=DIR), and then retry the dead letter");
    }

    /**
     * Makes an attempt, or tells what became of the action if it is over.
     *
     * @param request one that is not {@link #unacceptable}
     * @param cause the headers of the request
     * @throws IOException if the attempt failed and another may succeed
     * @throws UnableToWorkException if the worker cannot act at all at present
     * @throws io.weir.worker.ledger.LedgerException likewise
     * @throws InterruptedException if the thread was interrupted; the attempt counts as given up
     */
    public Finished attempt(ActionRequest request, Causation cause) throws IOException, InterruptedException {
        return attempt(request, cause, Optional.empty());
    }

    /**
     * The same for a request that stands for others, too.
     *
     * @param gathered all of them
     */
    public Finished attempt(ActionRequest request, Causation cause, Optional<Gathered> gathered)
            throws IOException, InterruptedException {
        Optional<LedgerEntry> entry = parts.ledger().find(request.getId());
        if (entry.orElse(null) instanceof LedgerEntry.Finished over) {
            return new Finished(over.result(), over.reported());
        }
        return new Finished(open(request, cause, entry, gathered).run(), false);
    }

    /** The result of a request that another stood for. */
    public ActionResult shared(ActionRequest request, ActionResult of) {
        return Results.of(
                request,
                parts.worker(),
                of.getAttempt(),
                Outcome.of(of.getOutcome()),
                of.getDetail(),
                List.of(),
                of.getStartedAt(),
                of.getFinishedAt());
    }

    /**
     * For how long requests like this one are gathered; empty if they are not.
     *
     * @param request one that is not {@link #unacceptable}
     */
    public Optional<Duration> gathering(ActionRequest request) {
        return Optional.ofNullable(modules.get(request.getAction()))
                .flatMap(module -> module.gathering(request.getParameters()));
    }

    /** Ends an action that no further attempt is made at. */
    public Finished giveUp(ActionRequest request, String reason) {
        Optional<LedgerEntry> entry = parts.ledger().find(request.getId());
        if (entry.orElse(null) instanceof LedgerEntry.Finished over) {
            return new Finished(over.result(), over.reported());
        }
        int attempt = Math.max(1, entry.map(LedgerEntry::attempt).orElse(0));
        var now = parts.clock().instant();
        ActionResult result = Results.of(request, parts.worker(), attempt, Outcome.FAILED, reason, List.of(), now, now);
        parts.ledger().finish(result, List.of(), request.getNotAfter());
        return new Finished(result, false);
    }

    private Attempt open(
            ActionRequest request, Causation cause, Optional<LedgerEntry> entry, Optional<Gathered> gathered)
            throws IOException {
        ActionModule module = modules.get(request.getAction());
        if (module == null) {
            throw new IllegalArgumentException(unacceptable(request).orElse(""));
        }
        ActionVolumes touched = module.needsVolume() ? touched(request, module) : null;
        EarlierAttempts earlier = EarlierAttempts.of(request.getId(), entry, touched);
        Causation causes = new Causation(request.getId(), cause.correlationId(), cause.depth() + 1);
        return new Attempt(parts, request, module, causes, touched, earlier, gathered);
    }

    private ActionVolumes touched(ActionRequest request, ActionModule module) {
        Set<String> names = new LinkedHashSet<>(List.of(request.getEvent().getVolume()));
        names.addAll(module.otherVolumes(request.getParameters()));
        List<ServedVolume> served = new ArrayList<>();
        for (String name : names) {
            ServedVolume volume = volumes.get(name);
            if (volume == null) {
                throw new IllegalArgumentException(unacceptable(request).orElse(""));
            }
            served.add(volume);
        }
        return new ActionVolumes(served);
    }

    /**
     * Writes end marks that could not be written before.
     *
     * @return a degradation to report, if some still cannot
     */
    public @Nullable String settle() {
        int owed = volumes.values().stream().mapToInt(v -> v.marks().settle()).sum();
        return owed == 0 ? null : owed + " end marks cannot be written; check the marks directories and their disks";
    }
}
