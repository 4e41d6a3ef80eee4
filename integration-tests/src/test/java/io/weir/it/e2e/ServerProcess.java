package io.weir.it.e2e;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.it.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker or a registry in a process of its own, to be killed, stopped for a while, and started again on its port. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "ready ";

    private final List<String> arguments;
    private Process process;
    private String address;

    private ServerProcess(List<String> arguments, int port) {
        this.arguments = arguments;
        process = launch(port);
        address = awaitReady();
    }

    public static ServerProcess broker(Path directory) {
        return new ServerProcess(List.of("broker", directory.toString()), 0);
    }

    static ServerProcess registry(ServerProcess broker) {
        return registry(broker.address(), 0);
    }

    /**
     * A registry of its own.
     *
     * @param port 0 lets the kernel choose
     */
    public static ServerProcess registry(String bootstrapServers, int port) {
        return new ServerProcess(List.of("registry", bootstrapServers), port);
    }

    private Process launch(int port) {
        List<String> command = new ArrayList<>(ChildJvm.command("192m", ServerProcess.class, Integer.toString(port)));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String awaitReady() {
        BufferedReader out = process.inputReader();
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    return line.substring(READY.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(arguments + " ended with " + process.exitValue());
    }

    /** How others reach it; stays the same. */
    public String address() {
        return address;
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() {
        String before = address;
        process = launch(Integer.parseInt(before.replaceFirst(".*:(\\d+).*", "$1")));
        address = awaitReady();
        if (!address.equals(before)) {
            throw new IllegalStateException(arguments + " is at " + address + ", and was at " + before);
        }
    }

    /** The process gets no time, until {@link #go}. */
    void freeze() {
        signal(process.pid(), "STOP");
    }

    void go() {
        signal(process.pid(), "CONT");
    }

    public static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Port or 0, kind, the broker's directory or address. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        String address = arguments[1].equals("broker")
                ? EmbeddedBroker.start(Path.of(arguments[2]), port).bootstrapServers()
                : EmbeddedRegistry.start(arguments[2], port).url();
        System.out.println(READY + address);
        Thread.currentThread().join();
    }
}
