package io.weir.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.worker.settings.Confinement.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramReaderTest {
    private static final String ALL = "programs: {p: {command: /bin/scan, max-output: 1MiB, max-memory: 64MiB,"
            + " max-cpu: 1500ms, user: scan, directory: /}}";

    private record Host(boolean isRoot, List<String> tools, List<String> users) implements HostTools {
        @Override
        public Optional<Path> find(String command) {
            return tools.contains(command) ? Optional.of(Path.of("/usr/bin", command)) : Optional.empty();
        }

        @Override
        public Optional<Account> account(String user) {
            return users.contains(user) ? Optional.of(new Account(user, 1001, 1002)) : Optional.empty();
        }
    }

    @Test
    void theProgramIsLaunchedBehindWhatConfinesIt() throws Exception {
        Host host = new Host(true, List.of("prlimit", "setpriv"), List.of("scan"));
        Program program = program(ALL, host);
        assertThat(program.launch())
                .containsExactly(
                        "/usr/bin/prlimit",
                        "--data=67108864",
                        "--cpu=2:3",
                        "--core=0",
                        "--",
                        "/usr/bin/setpriv",
                        "--reuid=1001",
                        "--regid=1002",
                        "--init-groups",
                        "--",
                        "/bin/scan");
        assertThat(program.confinement().output()).hasValue(1 << 20);
        assertThat(program.confinement().directory()).contains(Path.of("/"));
        assertThat(program("programs: {p: {command: /bin/scan}}", host).launch())
                .containsExactly("/bin/scan");
    }

    private static Program program(String yaml, HostTools host) throws SettingsException {
        return WorkerSettings.parse(yaml, "w.yaml", host)
                .programs()
                .values()
                .iterator()
                .next();
    }

    @Test
    void aLimitThatThisHostCannotKeepIsAFaultAtTheStart() {
        assertFaults(
                new Host(false, List.of(), List.of()),
                "w.yaml:1:66: max-memory: needs the command prlimit, which this host does not have; install util-linux",
                "w.yaml:1:82: max-cpu: needs the command prlimit, which this host does not have; install util-linux",
                "w.yaml:1:96: user: needs the command setpriv, which this host does not have; install util-linux",
                "w.yaml:1:96: user='scan': only a worker that runs as root can run programs as somebody else; start it"
                        + " as root, or leave 'user' out");
        assertFaults(
                new Host(true, List.of("prlimit", "setpriv"), List.of()),
                "w.yaml:1:96: user='scan': this host has no such user");
    }

    private static void assertFaults(HostTools host, String... faults) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> WorkerSettings.parse(ALL, "w.yaml", host))
                .satisfies(e -> assertThat(e.faults()).containsExactly(faults));
    }

    @Test
    void thisHostKnowsItsUsers() {
        HostTools host = HostTools.ofThisHost();
        assertThat(host.account("root")).contains(new Account("root", 0, 0));
        assertThat(host.account("no-such-user")).isEmpty();
        assertThat(host.account("--help")).isEmpty();
        assertThat(host.find("no-such-command")).isEmpty();
    }
}
