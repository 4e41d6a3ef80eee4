package io.weir.worker.run;

import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionModule;
import io.weir.worker.Gathered;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.action.UndoneEffects;
import io.weir.worker.control.Control;
import io.weir.worker.files.VolumePath;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A worker's step machine over real files, without Kafka; can be killed at checkpoints and started again. */
public final class Bench implements AutoCloseable {
    public static final Causation CAUSE = new Causation("agent:1:7", "agent:1:7", 0);

    private final Path base;
    private final Premises premises;
    private WorkerSettings settings = WorkerSettings.defaults();
    private Control control = Control.NONE;
    private Checkpoint.Observer observer = Checkpoint.Observer.NONE;
    private Ledger ledger;
    private ActionRunner runner;
    private List<ActionModule> modules = WorkerApplication.modules();
    private final List<VolumeMount> volumes = new ArrayList<>();
    private int sequence;

    /** The death of the process. */
    public static final class Killed extends Error {
        Killed(String at) {
            super(at);
        }
    }

    public Bench(Path base) {
        this(base, new HostPremises(base));
    }

    /** With its volume {@code vol} somewhere else. */
    public Bench(Path base, Premises premises) {
        this.base = base;
        this.premises = premises;
        try {
            Files.createDirectories(base.resolve("data"));
            ledger = Ledger.open(base.resolve("data/ledger.db"));
            runner = open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ActionRunner open() throws IOException {
        ActionRunner opened = new ActionRunner(
                "w1",
                base.resolve("data/lock").toString(),
                ledger,
                modules,
                volumes,
                new Surroundings(
                        settings, control, false, Clock.systemUTC(), checkpoint -> observer.reached(checkpoint)));
        premises.serve(opened);
        return opened;
    }

    /** Where the volume {@code vol} is. */
    public Premises premises() {
        return premises;
    }

    private void add(String volume, Path root) {
        volumes.add(new VolumeMount(volume, root, base.resolve("marks").resolve(volume)));
    }

    /** Serves another volume, too. */
    public Bench withVolume(String volume, Path root) throws IOException {
        add(volume, root);
        return restart();
    }

    /** A new process over the same directories. */
    public Bench restart() throws IOException {
        observer = Checkpoint.Observer.NONE;
        ledger.close();
        ledger = Ledger.open(base.resolve("data/ledger.db"));
        runner = open();
        return this;
    }

    /** The ledger is lost, as if another worker took over. */
    public Bench restartWithoutLedger() throws IOException {
        ledger.close();
        Files.delete(base.resolve("data/ledger.db"));
        return restart();
    }

    public Bench with(WorkerSettings changed) throws IOException {
        settings = changed;
        return restart();
    }

    public Bench with(Control changed) throws IOException {
        control = changed;
        return restart();
    }

    /** With this module alone. */
    public Bench with(ActionModule module) throws IOException {
        modules = List.of(module);
        return restart();
    }

    /** Dies when the checkpoint is reached for the {@code nth} time, from 1. */
    public void killAt(Checkpoint at, int nth) {
        int[] count = {0};
        observer = checkpoint -> {
            if (checkpoint == at && ++count[0] == nth) {
                throw new Killed(at.name());
            }
        };
    }

    public void observe(Checkpoint.Observer with) {
        observer = with;
    }

    public Path root() {
        return base.resolve("root");
    }

    /** Makes a file with its parents; the path may have escaped bytes. */
    public Path file(String path, String content) throws IOException {
        Path file = root().resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** What is at a path now. */
    public FileStatus status(String path) throws PosixException {
        return FileStatus.lstat(root() + path);
    }

    public boolean exists(String path) {
        try {
            status(path);
            return true;
        } catch (PosixException e) {
            return false;
        }
    }

    /** An event about what is at a path now. */
    public FileEvent event(String path) throws IOException {
        return event(path, premises.state(path));
    }

    public FileEvent event(String path, FileState state) {
        boolean raw = !PathText.isValidUnicode(path);
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume("vol")
                .setPath(PathText.display(path))
                .setRawPath(raw ? ByteBuffer.wrap(PathText.encode(path)) : null)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(++sequence)
                .setObservedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setHost("host")
                .setState(state)
                .build();
    }

    public static FileState state(FileStatus status) {
        return FileState.newBuilder()
                .setFileId(status.fileId())
                .setKind(status.kind())
                .setSize(status.size())
                .setMode(status.mode())
                .setOwner("root")
                .setGroup("root")
                .setUid(status.uid())
                .setGid(status.gid())
                .setMtime(status.mtime())
                .setCtime(status.ctime())
                .setBtime(status.btime() < 0 ? null : status.btime())
                .build();
    }

    public ActionRequest request(String action, Map<String, ?> parameters, FileEvent event) {
        return builder(action, parameters, event).build();
    }

    /** Asks to reverse what a result tells of. */
    public ActionResult undo(ActionResult done) throws IOException, InterruptedException {
        return undo(done, false);
    }

    /** Asks to reverse it, or, if {@code dryRun}, only to say what would be done. */
    public ActionResult undo(ActionResult done, boolean dryRun) throws IOException, InterruptedException {
        return run(errandRequest("undo", done).setDryRun(dryRun).build());
    }

    /** Asks to reverse it, where {@code directories} that were made are removed {@code with} the rest, left, or removed alone. */
    public ActionResult undo(ActionResult done, String directories) throws IOException, InterruptedException {
        ActionRequest.Builder request = errandRequest("undo", done);
        Map<String, Object> parameters = new HashMap<>(request.getParameters());
        parameters.put("directories", directories);
        return run(request.setParameters(parameters).build());
    }

    /** Asks for an action about what a result tells of. */
    public ActionResult errand(String action, ActionResult done) throws IOException, InterruptedException {
        return run(errandRequest(action, done).build());
    }

    private ActionRequest.Builder errandRequest(String action, ActionResult done) throws IOException {
        List<String> effects = UndoneEffects.of(done);
        return builder(action, Map.of(), event("/")).setParameters(Map.of("effects", effects));
    }

    /** Renames what is there; paths may have escaped bytes. */
    public void rename(String from, String to) throws IOException {
        try (OpenPath top = OpenPath.directory(root().toString());
                OpenPath source = top.beneath(VolumePath.relative(VolumePath.parent(from)));
                OpenPath target = top.beneath(VolumePath.relative(VolumePath.parent(to)))) {
            source.move(VolumePath.name(from), target, VolumePath.name(to));
        }
    }

    /** A request that only asks what would be done. */
    public ActionRequest dryRun(String action, Map<String, ?> parameters, FileEvent event) {
        return builder(action, parameters, event).setDryRun(true).build();
    }

    private ActionRequest.Builder builder(String action, Map<String, ?> parameters, FileEvent event) {
        return ActionRequest.newBuilder()
                .setId("action-" + ++sequence)
                .setRule("rule-1")
                .setRulesOffset(1)
                .setPosition(0)
                .setAction(action)
                .setParameters(new HashMap<String, Object>(parameters))
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(Instant.now().plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.MICROS));
    }

    public ActionResult run(ActionRequest request) throws IOException, InterruptedException {
        return runner.attempt(request, CAUSE).result();
    }

    /** As one request for many. */
    public ActionResult run(ActionRequest request, Gathered gathered) throws IOException, InterruptedException {
        return runner.attempt(request, CAUSE, Optional.of(gathered)).result();
    }

    public ActionResult run(String action, Map<String, ?> parameters, String path)
            throws IOException, InterruptedException {
        return run(request(action, parameters, event(path)));
    }

    public ActionRunner runner() {
        return runner;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The names of the marks, sorted. */
    public List<String> marks() {
        return premises.marks().stream().sorted().toList();
    }

    /** Likewise, of a volume. */
    public List<String> marks(String volume) {
        try (Stream<Path> files = Files.list(base.resolve("marks").resolve(volume))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BeginMark begin(String actionId, int attempt) throws IOException {
        return MarkCodec.decodeBegin(premises.mark(actionId + "." + attempt + ".begin"));
    }

    /** The begin mark with this number. */
    public BeginMark begin(String volume, String actionId, int number) throws IOException {
        return MarkCodec.decodeBegin(Files.readAllBytes(mark(volume, actionId + "." + number + ".begin")));
    }

    public EndMark end(String actionId, int attempt) throws IOException {
        return MarkCodec.decodeEnd(premises.mark(actionId + "." + attempt + ".end"));
    }

    /** The end mark with this number. */
    public EndMark end(String volume, String actionId, int number) throws IOException {
        return MarkCodec.decodeEnd(Files.readAllBytes(mark(volume, actionId + "." + number + ".end")));
    }

    public Path mark(String name) {
        return mark("vol", name);
    }

    private Path mark(String volume, String name) {
        return base.resolve("marks").resolve(volume).resolve(name);
    }

    /** The name that a mark is written under; a directory there keeps it from being written. */
    public Path hiddenMark(String name) {
        return mark("." + name + ".w1");
    }

    /** Does what the agent does when it finds that the process of an open attempt has died. */
    public void closeAsTheAgent(String actionId, int attempt) throws IOException {
        EndMark end = new EndMark(actionId, attempt, "vol", null, List.of());
        premises.putMark(actionId + "." + attempt + ".end", MarkCodec.encode(end));
    }

    /** Likewise, of the begin mark with this number. */
    public void closeAsTheAgent(String volume, String actionId, int number) throws IOException {
        EndMark end = new EndMark(actionId, number, volume, null, List.of());
        Files.write(mark(volume, actionId + "." + number + ".end"), MarkCodec.encode(end));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
