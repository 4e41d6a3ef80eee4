package io.weir.agent.qumulo;

import io.weir.agent.qumulo.CheckReport.Finding;
import io.weir.agent.qumulo.CheckReport.Level;
import io.weir.qumulo.client.ClusterVersion;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.Identity;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.RecursiveMode;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Pause;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.client.rest.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;

/** The connector to one Qumulo cluster. It offers the checks that have to pass before it can watch. */
public final class QumuloConnector {
    /** Without it the cluster refuses a recursive watch. */
    static final String READ_PRIVILEGE = "PRIVILEGE_FILE_READ_ACCESS";
    /** With them, what was missed during a break is found by comparing snapshots. */
    static final List<String> SNAPSHOT_PRIVILEGES =
            List.of("PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_SNAPSHOT_WRITE", "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ");

    private final QumuloConfig config;
    private final Pause pause;
    private final RandomGenerator random;

    public QumuloConnector(QumuloConfig config) {
        this(config, Pause.REAL, new Random());
    }

    QumuloConnector(QumuloConfig config, Pause pause, RandomGenerator random) {
        this.config = config;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Asks each endpoint for its version, logs in, and looks at privileges, at the setting of recursive notifications and
     * at the watched directories. Changes nothing on the cluster. Never throws for what it finds.
     */
    public CheckReport check() {
        var findings = new ArrayList<Finding>();
        checkFiles(findings);
        try (var client = new QumuloClient(config.access(), pause, random)) {
            if (checkEndpoints(client, findings) && checkLogin(client, findings)) {
                checkNotify(client, findings);
                checkPaths(client, findings);
                checkCluster(client, findings);
            }
        } catch (QumuloException e) {
            add(findings, Level.FAILED, "trust", e.getMessage());
        }
        return new CheckReport(findings);
    }

    /**
     * As {@link #check}, and tries a stream, if nothing has failed: puts a file into the marks directory, waits until it is
     * told, and listens for two seconds.
     */
    public CheckReport checkStream() throws InterruptedException {
        CheckReport report = check();
        if (!report.ok()) {
            return report;
        }
        var findings = new ArrayList<>(report.findings());
        try (var client = new QumuloClient(config.access(), pause, random)) {
            findings.addAll(new StreamProbe(client).run());
        } catch (QumuloException e) {
            add(findings, Level.FAILED, "trust", e.getMessage());
        }
        return new CheckReport(findings);
    }

    private void checkFiles(List<Finding> findings) {
        if (config.access().trust() instanceof Trust.Anything) {
            add(
                    findings,
                    Level.WARNING,
                    "trust",
                    "any certificate is accepted: whoever can divert the connection gets the credentials;"
                            + " try --ca or --pin");
        }
        Credentials credentials = config.access().credentials();
        if (credentials.isExposed()) {
            add(
                    findings,
                    Level.WARNING,
                    "secrets",
                    "file='" + credentials.file() + "': others than its owner may read it; try 'chmod 600 "
                            + credentials.file() + "'");
        }
    }

    /** Whether one at least answers with a version that has what is needed. */
    private static boolean checkEndpoints(QumuloClient client, List<Finding> findings) {
        var failures = new ArrayList<String>();
        var answers = new ArrayList<Finding>();
        for (HttpUrl endpoint : client.endpoints()) {
            try {
                answers.add(judgeVersion(endpoint, client.revisionOf(endpoint)));
            } catch (QumuloException e) {
                failures.add(e.getMessage());
            }
        }
        Level level = answers.isEmpty() ? Level.FAILED : Level.WARNING;
        failures.forEach(failure -> add(findings, level, "endpoint", failure));
        findings.addAll(answers);
        return !answers.isEmpty() && answers.stream().noneMatch(answer -> answer.level() == Level.FAILED);
    }

    private static Finding judgeVersion(HttpUrl endpoint, String revision) {
        Optional<ClusterVersion> version = ClusterVersion.find(revision);
        String subject = "cluster='" + endpoint + "' runs '" + revision + "'";
        if (version.isEmpty()) {
            return new Finding(
                    Level.WARNING,
                    "version",
                    subject + ": not a version that is understood; expected " + ClusterVersion.OLDEST_SUPPORTED
                            + " or later");
        }
        if (version.get().compareTo(ClusterVersion.OLDEST_SUPPORTED) < 0) {
            return new Finding(
                    Level.FAILED,
                    "version",
                    subject + ": it has no Change Notify in its REST API; expected " + ClusterVersion.OLDEST_SUPPORTED
                            + " or later; upgrade the cluster");
        }
        return new Finding(Level.OK, "version", subject);
    }

    private static boolean checkLogin(QumuloClient client, List<Finding> findings) {
        Identity identity;
        try {
            identity = client.whoAmI();
        } catch (QumuloException e) {
            add(findings, Level.FAILED, "login", e.getMessage());
            return false;
        }
        add(findings, Level.OK, "login", "user='" + identity.name() + "' (id " + identity.id() + ")");
        if (!identity.privileges().contains(READ_PRIVILEGE)) {
            add(
                    findings,
                    Level.FAILED,
                    "privileges",
                    "user='" + identity.name() + "' lacks " + READ_PRIVILEGE + ", which a recursive watch needs;"
                            + " try a role that has it, such as Data-Administrators");
        }
        var missing = new TreeSet<>(SNAPSHOT_PRIVILEGES);
        missing.removeAll(identity.privileges());
        if (!missing.isEmpty()) {
            add(
                    findings,
                    Level.WARNING,
                    "privileges",
                    "user='" + identity.name() + "' lacks " + String.join(", ", missing)
                            + ": after a break the tree has to be walked instead of comparing snapshots");
        } else if (identity.privileges().contains(READ_PRIVILEGE)) {
            add(findings, Level.OK, "privileges", "all that are needed");
        }
        return true;
    }

    private static void checkNotify(QumuloClient client, List<Finding> findings) {
        String ask = "; try PUT /v1/file-system/settings/notify {\"recursive_mode\":\"ENABLED\"}";
        try {
            RecursiveMode mode = client.recursiveMode();
            switch (mode) {
                case ENABLED -> add(findings, Level.OK, "notify", "recursive notifications are enabled");
                case DISABLED_ERROR ->
                    add(
                            findings,
                            Level.FAILED,
                            "notify",
                            "recursive_mode='" + mode + "': the cluster refuses recursive notifications; expected"
                                    + " ENABLED" + ask);
                case DISABLED_IGNORE ->
                    add(
                            findings,
                            Level.FAILED,
                            "notify",
                            "recursive_mode='" + mode + "': the cluster would report direct children only, in silence;"
                                    + " expected ENABLED" + ask);
                case UNKNOWN ->
                    add(
                            findings,
                            Level.WARNING,
                            "notify",
                            "the cluster does not tell whether recursive notifications are enabled");
            }
        } catch (QumuloException e) {
            Level level = e.reason() == Reason.ACCESS_DENIED || e.reason() == Reason.PRIVILEGE_MISSING
                    ? Level.WARNING
                    : Level.FAILED;
            add(findings, level, "notify", e.getMessage());
        }
    }

    private void checkPaths(QumuloClient client, List<Finding> findings) {
        for (String path : config.paths()) {
            try {
                Optional<FileAttributes> found = client.files().find(FileRef.path(path));
                if (found.isEmpty()) {
                    add(findings, Level.FAILED, "path", "path='" + path + "': there is no such directory");
                } else if (!found.get().isDirectory()) {
                    add(
                            findings,
                            Level.FAILED,
                            "path",
                            "path='" + path + "': is " + found.get().kind().wireName() + "; expected a directory");
                } else {
                    add(findings, Level.OK, "path", "path='" + path + "' in volume='" + config.volume() + "'");
                }
            } catch (QumuloException e) {
                add(findings, Level.FAILED, "path", e.getMessage());
            }
        }
    }

    private static void checkCluster(QumuloClient client, List<Finding> findings) {
        try {
            add(
                    findings,
                    Level.OK,
                    "cluster",
                    client.clusterId().map(id -> "id='" + id + "'").orElse("the node does not tell the cluster's id"));
        } catch (QumuloException e) {
            add(findings, Level.WARNING, "cluster", e.getMessage());
        }
    }

    private static void add(List<Finding> findings, Level level, String subject, String text) {
        findings.add(new Finding(level, subject, text));
    }
}
