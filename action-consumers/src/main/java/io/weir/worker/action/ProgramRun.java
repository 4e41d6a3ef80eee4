package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.settings.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program: bounded in time and output, killed with all that it started. If it ends well and has said what it
 * changed, that is its effect, in place of its scope.
 */
final class ProgramRun implements Step {
    /** {@code EX_TEMPFAIL} of sysexits.h: the program asks to be run again later. */
    private static final int TRY_AGAIN = 75;
    /** How often it is seen whether an all-stop holds. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** As the JVM tells of an end by SIGXCPU (24). */
    private static final int CPU_LIMIT = 128 + 24;

    private final Program program;
    private final ActionContext context;
    private final Path root;

    /** @param root where the volume is mounted */
    ProgramRun(Program program, ActionContext context, Path root) {
        this.program = program;
        this.context = context;
        this.root = root;
    }

    @Override
    public Effect effect() {
        return new Effect.Scope(program.scope());
    }

    @Override
    public Optional<String> intent() {
        return Optional.of("run program '" + program.name() + "'");
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        try (EffectReport report = EffectReport.open(root, program.confinement().account())) {
            return run(report);
        }
    }

    private Optional<Applied> run(EffectReport report) throws ActionException, IOException, InterruptedException {
        Process process = start(report);
        OutputTail output =
                OutputTail.of(process, program.confinement().output().orElse(Long.MAX_VALUE));
        try {
            feed(process);
            if (!endsInTime(process)) {
                ProcessTree.kill(process, context.causation().causationId());
                throw ActionException.failed("program '" + program.name() + "' ran longer than its timeout of "
                        + program.timeout().toMillis() + " ms and was killed" + output.text());
            }
        } finally {
            if (process.isAlive() || output.exceeded()) {
                ProcessTree.kill(process, context.causation().causationId());
            }
        }
        String verdict = verdict(process.exitValue(), output);
        return Optional.of(report.changed()
                .<Applied>map(globs -> new Applied(new Effect.Scope(globs), Map.of(), verdict))
                .orElseGet(() -> new Applied(effect(), Map.of(), verdict + report.remark())));
    }

    private boolean endsInTime(Process process) throws InterruptedException {
        long deadline = System.nanoTime() + program.timeout().toNanos();
        for (long left = program.timeout().toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (process.waitFor(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                return true;
            }
            context.requireNotStopped();
        }
        return false;
    }

    private String verdict(int exitCode, OutputTail output) throws ActionException, IOException, InterruptedException {
        if (output.exceeded()) {
            throw ActionException.failed("program '" + program.name() + "' wrote more than its 'max-output' of "
                    + program.confinement().output().orElse(0) + " bytes and was killed" + output.text());
        }
        if (exitCode == CPU_LIMIT && program.confinement().cpu().isPresent()) {
            throw ActionException.failed("program '" + program.name() + "' used more processor time than its 'max-cpu'"
                    + " of " + program.confinement().cpu().get().toMillis() + " ms and was killed" + output.text());
        }
        String ended = "program '" + program.name() + "' ended with exit code " + exitCode + output.text();
        if (exitCode == TRY_AGAIN) {
            throw new ProgramAsksToBeRunAgain(ended);
        }
        if (exitCode != 0) {
            throw ActionException.failed(ended);
        }
        return ended;
    }

    private Process start(EffectReport report) throws ActionException {
        if (!Files.isExecutable(Path.of(program.command().get(0)))) {
            throw ActionException.failed("program '" + program.name() + "' cannot be started: '"
                    + program.command().get(0) + "' is no file that can be executed; mend 'command' in the worker's"
                    + " settings");
        }
        ProcessBuilder builder = new ProcessBuilder(program.launch()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ProgramEnvironment.of(context, root, report.file()));
        Path directory = program.confinement().directory().orElse(root);
        builder.directory(directory.toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw ActionException.failed("program '" + program.name() + "' cannot be started: " + e.getMessage()
                    + "; mend 'command' in the worker's settings");
        }
    }

    /** An event is far smaller than a pipe's 64 KiB, so this does not block on a program that never reads. */
    private void feed(Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write((EventJson.of(context.request().getEvent()) + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            // The program closed its input or has ended: it need not read the event. Its exit code tells the rest.
            return;
        }
    }

    /** Retried by the worker, as every {@code IOException} that may pass. */
    static final class ProgramAsksToBeRunAgain extends IOException {
        ProgramAsksToBeRunAgain(String message) {
            super(message);
        }
    }
}
