package io.weir.agent.qumulo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.CheckReport.Level;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.RecursiveMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QumuloConnectorTest {
    private static final String WHO_AM_I = "/v1/session/who-am-i";
    private static final String VERSION = "/v1/version";
    private static final String NOTIFY = "/v1/file-system/settings/notify";

    @TempDir
    Path directory;

    private QumuloEmulator cluster;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        cluster = QumuloEmulator.start();
        cluster.accounts().grant("access-v1:abc");
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
    void theStreamIsTriedAndTheClocksCompared() throws Exception {
        cluster.clock().skew(Duration.ofMinutes(-7));
        CheckReport report =
                connector("/", new Trust.SystemAuthorities(), cluster.uri()).checkStream();
        assertThat(report.ok()).isTrue();
        assertThat(report.toString())
                .containsPattern("ok +stream +a file was told \\d+ ms after it was made")
                .containsPattern("warning +clock +the cluster's clock is 4\\d\\d s behind")
                .containsPattern("ok +load +0 events a second now");
    }

    @Test
    void anOldReleaseIsNamedWithTheOneThatIsNeeded() {
        cluster.faults().answerAlways(VERSION, Answer.json(200, "{\"revision_id\":\"Qumulo Core 6.0.1.1\"}"));
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(report.toString())
                .contains(
                        "runs 'Qumulo Core 6.0.1.1': it has no Change Notify in its REST API; expected 6.0.2 or later");
        assertThat(cluster.calls()).doesNotContain("GET " + WHO_AM_I);
    }

    @Test
    void aReleaseThatCannotBeReadIsOnlyAWarning() {
        cluster.faults().answerAlways(VERSION, Answer.json(200, "{\"revision_id\":\"Qumulo Core next\"}"));
        assertThat(check().ok()).isTrue();
        assertThat(levelOf(check(), "version")).isEqualTo(Level.WARNING);
    }

    @Test
    void theOldestSupportedReleasePasses() {
        cluster.faults().answerAlways(VERSION, Answer.json(200, "{\"revision_id\":\"Qumulo Core 6.0.2\"}"));
        assertThat(levelOf(check(), "version")).isEqualTo(Level.OK);
    }

    @Test
    void aMissingReadPrivilegeFailsByName() {
        cluster.accounts().privileges(QumuloConnector.SNAPSHOT_PRIVILEGES);
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(report.toString()).contains("user='admin' lacks PRIVILEGE_FILE_READ_ACCESS");
    }

    @Test
    void missingSnapshotPrivilegesAreAWarningWithItsCost() {
        cluster.accounts().privileges(List.of("PRIVILEGE_FILE_READ_ACCESS", "PRIVILEGE_SNAPSHOT_READ"));
        CheckReport report = check();
        assertThat(report.ok()).isTrue();
        assertThat(report.toString())
                .contains(
                        "lacks PRIVILEGE_SNAPSHOT_DIFFERENCE_READ, PRIVILEGE_SNAPSHOT_WRITE: after a break the tree has"
                                + " to be walked");
    }

    @Test
    void switchedOffRecursionFailsInBothItsForms() {
        for (RecursiveMode mode : List.of(RecursiveMode.DISABLED_ERROR, RecursiveMode.DISABLED_IGNORE)) {
            cluster.switches().recursiveMode(mode);
            CheckReport report = check();
            assertThat(report.ok()).isFalse();
            assertThat(report.toString())
                    .contains("recursive_mode='" + mode + "'")
                    .contains("try PUT /v1/file-system/settings/notify");
        }
    }

    @Test
    void aSettingThatCannotBeReadIsAWarning() {
        cluster.faults().answerAlways(NOTIFY, Answer.error(404, "http_not_found_error", "no such call"));
        assertThat(levelOf(check(), "notify")).isEqualTo(Level.WARNING);
        cluster.faults().answerAlways(NOTIFY, Answer.error(403, "http_unauthorized_error", "no"));
        assertThat(levelOf(check(), "notify")).isEqualTo(Level.WARNING);
        assertThat(check().ok()).isTrue();
    }

    @Test
    void badCredentialsStopTheChecks() {
        cluster.accounts().expireTokens();
        CheckReport report = check();
        assertThat(report.ok()).isFalse();
        assertThat(levelOf(report, "login")).isEqualTo(Level.FAILED);
        assertThat(cluster.calls()).doesNotContain("GET " + NOTIFY);
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
        cluster.tree().createDirectory("/data");
        cluster.tree().createFile("/data/file");
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
        var access = new ClusterAccess(List.of(endpoints), new Credentials.TokenFile(token), trust);
        var config = new QumuloConfig(access, List.of(path), "q", NotifyTypes.DEFAULT, List.of());
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
