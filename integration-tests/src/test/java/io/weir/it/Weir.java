package io.weir.it;

import io.weir.cli.CommandContext;
import io.weir.cli.Main;
import io.weir.cli.StopRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command within this process, so that starting it costs nothing: at work until it is closed, or to its end. */
public final class Weir implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopRequest stop = new StopRequest();
    private final CompletableFuture<Integer> code;

    private Weir(Path directory, Map<String, String> environment, String... arguments) {
        CommandContext context = new CommandContext(
                environment, directory, Path.of("..").toAbsolutePath().normalize(), () -> stop);
        code = CompletableFuture.supplyAsync(
                () -> Main.commandLine(context, new PrintWriter(out, true), new PrintWriter(err, true))
                        .execute(arguments),
                task -> new Thread(task, "weir " + arguments[0]).start());
    }

    public static Weir start(Path directory, String... arguments) {
        return new Weir(directory, Map.of(), arguments);
    }

    /** Runs it to its end, within a minute. */
    public static Weir run(Path directory, String... arguments) {
        return run(directory, Map.of(), arguments);
    }

    public static Weir run(Path directory, Map<String, String> environment, String... arguments) {
        Weir weir = new Weir(directory, environment, arguments);
        weir.awaitEnd();
        return weir;
    }

    public int code() {
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            return code.get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("it goes on\n" + transcript(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isOver() {
        return code.isDone();
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public String transcript() {
        return "stdout:\n" + out + "\nstderr:\n" + err;
    }

    @Override
    public void close() {
        stop.request();
        awaitEnd();
    }
}
