package io.weir.cli.emulator;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.qumulo.emulator.DemoLoad;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.fault.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir qumulo-emulator}. */
@Command(
        name = "qumulo-emulator",
        description = {
            "Emulate a Qumulo cluster, with files in memory: for demonstrations and tries, not for work.",
            "It forgets everything when it ends (see docs/qumulo-emulator.md)."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
public final class QumuloEmulatorCommand implements Callable<Integer> {
    /** An access token for calls by hand; sessions end after ten hours, and scripts end them at will. */
    private static final String TOKEN = "access-v1:emulator";

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            order = 1,
            paramLabel = "N",
            defaultValue = "8000",
            description = "The port; 0: any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            order = 2,
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Name or address to listen on, for which the certificate is as well (default:"
                    + " ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--tls", order = 3, description = "Serve HTTPS, with a self-signed certificate made at the start.")
    private boolean tls;

    @Option(
            names = "--certificate",
            order = 4,
            paramLabel = "FILE",
            description = "With --tls: write the certificate (PEM) to this file, for clients to trust.")
    private @Nullable Path certificate;

    @Option(
            names = "--files",
            order = 5,
            paramLabel = "N",
            defaultValue = "1000",
            description = "Files to begin with, below /demo (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--changes-per-second",
            order = 6,
            paramLabel = "N",
            defaultValue = "0",
            description = "Change files at this rate, as users would (default: ${DEFAULT-VALUE}).")
    private double changesPerSecond;

    @Option(
            names = "--seed",
            order = 7,
            paramLabel = "N",
            defaultValue = "1",
            description = "Another number gives other changes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--script",
            order = 8,
            paramLabel = "FILE",
            description = "Faults by plan, in YAML, such as '- {after: 1000 events, fault: reset}'.")
    private @Nullable Path script;

    public QumuloEmulatorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireOptions();
        CommandOutput output = CommandOutput.of(spec);
        Optional<Script> faults = script == null ? Optional.empty() : Optional.of(Script.read(context.resolve(script)));
        try (QumuloEmulator cluster = start();
                DemoLoad load = new DemoLoad(cluster.tree(), seed)) {
            cluster.accounts().grant(TOKEN);
            load.createFiles(files);
            writeCertificate(cluster);
            describe(cluster.uri(), output);
            faults.ifPresent(steps -> cluster.run(steps, step -> output.note("script: " + step)));
            load.start(changesPerSecond);
            context.stop().await();
        }
        return ExitCode.OK;
    }

    private void requireOptions() {
        if (port < 0 || port > 65535) {
            throw wrong("--port='" + port + "': expected 0 to 65535");
        }
        if (files < 0) {
            throw wrong("--files='" + files + "': expected 0 or more");
        }
        if (!(changesPerSecond >= 0 && changesPerSecond <= 1_000_000)) {
            throw wrong("--changes-per-second='" + changesPerSecond + "': expected 0 to 1000000");
        }
        if (certificate != null && !tls) {
            throw wrong("--certificate: expected --tls too");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private QumuloEmulator start() {
        QumuloEmulator.Builder builder = QumuloEmulator.builder().host(host).port(port);
        try {
            return tls ? builder.tls().start() : builder.start();
        } catch (IOException e) {
            throw new CommandException("the emulator cannot listen: " + e.getMessage(), e);
        }
    }

    private void writeCertificate(QumuloEmulator cluster) throws IOException {
        if (certificate != null) {
            Files.writeString(
                    context.resolve(certificate), cluster.certificate().orElseThrow());
        }
    }

    private void describe(URI uri, CommandOutput output) {
        output.line("emulating a Qumulo cluster at " + uri + "; Ctrl+C stops");
        output.line("user 'admin', password 'ok', or token '" + TOKEN + "'; files below /demo");
        output.line("watch it: curl -" + (tls ? "kN" : "N") + " -H 'Authorization: Bearer " + TOKEN + "' '" + uri
                + "/v1/files/%2F/notify?recursive=true'");
    }
}
