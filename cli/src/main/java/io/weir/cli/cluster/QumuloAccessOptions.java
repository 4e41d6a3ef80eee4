package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which a command is let into a Qumulo cluster. Secrets are only named, by their files. */
public final class QumuloAccessOptions {
    @Option(names = "--token-file", paramLabel = "FILE", description = "For volumes on a cluster: an access token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "For volumes on a cluster: the user to log in as, in place of a token.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The password of --user.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that signed the cluster's certificate, or that itself.")
    private @Nullable Path authorities;

    @Option(
            names = "--pin",
            paramLabel = "SHA256",
            description = "Fingerprint of the cluster's certificate, in place of --ca.")
    private @Nullable String pin;

    @Option(
            names = "--insecure",
            description = "Take any certificate: whoever can divert the connection gets the secret.")
    private boolean insecure;

    /**
     * Access to one cluster.
     *
     * @param option as the user gave the URL, for messages
     * @throws CommandException if it is no URL of a cluster, or the options do not fit together
     */
    public ClusterAccess access(String url, String option, CommandContext context) {
        return access(List.of(url), option, context);
    }

    /**
     * Access to one cluster by several addresses.
     *
     * @param option for messages
     * @throws CommandException if one is no URL of a cluster, or the options do not fit together
     */
    public ClusterAccess access(List<String> urls, String option, CommandContext context) {
        try {
            List<URI> endpoints = new ArrayList<>();
            for (String url : urls) {
                endpoints.add(new URI(url));
            }
            return new ClusterAccess(endpoints, credentials(option, context), trust(context));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new CommandException(option + ": " + e.getMessage(), e);
        }
    }

    private Credentials credentials(String option, CommandContext context) {
        if ((tokenFile == null) == (user == null) || (user == null) != (passwordFile == null)) {
            throw new CommandException(
                    option + ": a cluster has to know who asks; expected --token-file, or --user and --password-file");
        }
        return user == null
                ? new Credentials.TokenFile(readable("--token-file", tokenFile, context))
                : new Credentials.UserPassword(user, readable("--password-file", passwordFile, context));
    }

    private Trust trust(CommandContext context) {
        long given = Stream.of(authorities, pin).filter(Objects::nonNull).count() + (insecure ? 1 : 0);
        if (given > 1) {
            throw new CommandException("--ca, --pin, --insecure: expected at most one of them");
        }
        if (authorities != null) {
            return new Trust.AuthorityFile(readable("--ca", authorities, context));
        }
        if (pin != null) {
            return new Trust.PinnedCertificate(pin);
        }
        return insecure ? new Trust.Anything() : new Trust.SystemAuthorities();
    }

    private static Path readable(String option, @Nullable Path file, CommandContext context) {
        Path absolute = context.resolve(Objects.requireNonNull(file));
        if (!Files.isReadable(absolute) || Files.isDirectory(absolute)) {
            throw new CommandException(option + "='" + file + "': expected a file that can be read");
        }
        return absolute;
    }
}
