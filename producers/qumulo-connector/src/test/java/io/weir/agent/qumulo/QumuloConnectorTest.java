package io.weir.agent.qumulo;

import static io.weir.agent.qumulo.ClusterEmulator.NOTIFY;
import static io.weir.agent.qumulo.ClusterEmulator.VERSION;
import static io.weir.agent.qumulo.ClusterEmulator.WHO_AM_I;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.CheckReport.Level;
import io.weir.agent.qumulo.ClusterEmulator.Canned;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QumuloConnectorTest {
    @TempDir
    Path directory;

    private ClusterEmulator cluster;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        cluster = ClusterEmulator.http();
        cluster.tokens.add("access-v1:abc");
        token = Files.writeString(directory.resolve("token"), "access-v1:abc");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aGoodClusterPassesWithoutAWarning() {
        CheckReport report = check();
        assertThat(report.ok()).isTrue();
        assertThat(report.findings()).allMatch(finding -> finding.level() == Level.OK);
        assertThat(report.toString())
                .contains("version    cluster='" + cluster.uri() + "/' runs 'Qumulo Core 7.9.2.3'")
                .contains("login      user='admin' (id 500)")
                .contains("notify     recursive notifications are enabled")
                .contains("path       path='/' in volume='q'")
                .contains("cluster    id='11111111-2222-3333-4444-555555555555'");
    }

    @Test
    void anOldReleaseIsNamedWithTheOneThatIsNeeded() {
        cluster.always.put(VERSION, Canned.of(200, "{\"revision_id\":\"Qumulo Core 6.0.1.1\"}"));
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(report.toString())
                .contains(
                        "runs 'Qumulo Core 6.0.1.1': it has no Change Notify in its REST API; expected 6.0.2 or later");
        assertThat(cluster.requests).doesNotContain("GET " + WHO_AM_I);
    }

    @Test
    void aReleaseThatCannotBeReadIsOnlyAWarning() {
        cluster.always.put(VERSION, Canned.of(200, "{\"revision_id\":\"Qumulo Core next\"}"));
        assertThat(check().ok()).isTrue();
        assertThat(levelOf(check(), "version")).isEqualTo(Level.WARNING);
    }

    @Test
    void theOldestSupportedReleasePasses() {
        cluster.always.put(VERSION, Canned.of(200, "{\"revision_id\":\"Qumulo Core 6.0.2\"}"));
        assertThat(levelOf(check(), "version")).isEqualTo(Level.OK);
    }

    @Test
    void aMissingReadPrivilegeFailsByName() {
        cluster.always.put(WHO_AM_I, ClusterEmulator.whoAmI(QumuloConnector.SNAPSHOT_PRIVILEGES));
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(report.toString()).contains("user='admin' lacks PRIVILEGE_FILE_READ_ACCESS");
    }

    @Test
    void missingSnapshotPrivilegesAreAWarningWithItsCost() {
        cluster.always.put(
                WHO_AM_I, ClusterEmulator.whoAmI(List.of("PRIVILEGE_FILE_READ_ACCESS", "PRIVILEGE_SNAPSHOT_READ")));
        CheckReport report = check();
        assertThat(report.ok()).isTrue();
        assertThat(report.toString())
                .contains(
                        "lacks PRIVILEGE_SNAPSHOT_DIFFERENCE_READ, PRIVILEGE_SNAPSHOT_WRITE: after a break the tree has"
                                + " to be walked");
    }

    @Test
    void switchedOffRecursionFailsInBothItsForms() {
        for (String mode : List.of("DISABLED_ERROR", "DISABLED_IGNORE")) {
            cluster.always.put(NOTIFY, Canned.of(200, "{\"recursive_mode\":\"" + mode + "\"}"));
            CheckReport report = check();
            assertThat(report.ok()).isFalse();
            assertThat(report.toString())
                    .contains("recursive_mode='" + mode + "'")
                    .contains("try PUT /v1/file-system/settings/notify");
        }
    }

    @Test
    void aSettingThatCannotBeReadIsAWarning() {
        cluster.always.put(NOTIFY, ClusterEmulator.error(404, "http_not_found_error", "no such call"));
        assertThat(levelOf(check(), "notify")).isEqualTo(Level.WARNING);
        cluster.always.put(NOTIFY, ClusterEmulator.error(403, "http_unauthorized_error", "no"));
        assertThat(levelOf(check(), "notify")).isEqualTo(Level.WARNING);
        assertThat(check().ok()).isTrue();
    }

    @Test
    void badCredentialsStopTheChecks() {
        cluster.tokens.clear();
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(levelOf(report, "login")).isEqualTo(Level.FAILED);
        assertThat(cluster.requests).doesNotContain("GET " + NOTIFY);
    }

    @Test
    void aDeadNodeBesideALivingOneIsAWarning() {
        CheckReport report = check("/", URI.create("http://127.0.0.1:1"), cluster.uri());
        assertThat(report.ok()).isTrue();
        assertThat(levelOf(report, "endpoint")).isEqualTo(Level.WARNING);
    }

    @Test
    void onlyDeadNodesFail() {
        CheckReport report = check("/", URI.create("http://127.0.0.1:1"));
        assertThat(report.ok()).isFalse();
        assertThat(report.toString()).contains("failed  endpoint").contains("no connection");
    }

    @Test
    void pathsHaveToBeDirectories() {
        cluster.file("/data/file");
        assertThat(check("/data/file", cluster.uri()).toString())
                .contains("path='/data/file': is FS_FILE_TYPE_FILE; expected a directory");
        assertThat(check("/none", cluster.uri()).toString()).contains("path='/none': there is no such directory");
    }

    @Test
    void exposedSecretsAndBlindTrustAreWarnings() throws Exception {
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        CheckReport report = connector("/", new Trust.Anything(), cluster.uri()).check();
        assertThat(report.ok()).isTrue();
        assertThat(report.toString()).contains("try 'chmod 600 " + token + "'").contains("any certificate is accepted");
    }

    @Test
    void anUnreadableAuthorityFileFails() {
        CheckReport report = connector("/", new Trust.AuthorityFile(directory.resolve("none")), cluster.uri())
                .check();
        assertThat(report.ok()).isFalse();
        assertThat(levelOf(report, "trust")).isEqualTo(Level.FAILED);
    }

    private CheckReport check() {
        return check("/", cluster.uri());
    }

    private CheckReport check(String path, URI... endpoints) {
        return connector(path, new Trust.SystemAuthorities(), endpoints).check();
    }

    private QumuloConnector connector(String path, Trust trust, URI... endpoints) {
        var config = new QumuloConfig(
                List.of(endpoints),
                List.of(path),
                "q",
                new Credentials.TokenFile(token),
                trust,
                NotifyTypes.DEFAULT,
                List.of());
        return new QumuloConnector(config, duration -> {}, new Random(1));
    }

    private static Level levelOf(CheckReport report, String subject) {
        return report.findings().stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " in " + report))
                .level();
    }
}
