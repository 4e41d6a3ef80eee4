package io.weir.agent.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QumuloConfigTest {
    private static final ClusterAccess ACCESS = new ClusterAccess(
            List.of(URI.create("https://Q1.Example.com")),
            new Credentials.TokenFile(Path.of("/etc/weir/token")),
            new Trust.SystemAuthorities());

    @Test
    void defaultsAreTheWholeClusterWithoutAccessTimes() {
        QumuloConfig config = QumuloConfig.of(ACCESS);
        assertThat(config.access()).isEqualTo(ACCESS);
        assertThat(config.paths()).containsExactly("/");
        assertThat(config.volume()).isEqualTo("q1-example-com");
        assertThat(config.types()).hasSize(23).doesNotContain("child_atime_changed");
        assertThat(NotifyTypes.ALL).hasSize(24).doesNotHaveDuplicates();
        assertThat(config.excludes()).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> new QumuloConfig(
                        ACCESS,
                        List.of("in", "/a/../b", "/a", "/a/c/"),
                        "My Volume",
                        List.of("child_file_adedd"),
                        List.of("tmp")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path='in': expected an absolute path")
                .hasMessageContaining("path='/a/../b': expected an absolute path")
                .hasMessageContaining("path='/a/c': lies within path='/a'")
                .hasMessageContaining("volume='My Volume'")
                .hasMessageContaining("try 'my-volume'")
                .hasMessageContaining("try 'child_file_added'")
                .hasMessageContaining("exclude='tmp': expected a glob on absolute paths; try '**/tmp'");
    }

    @Test
    void nothingAtAllIsRefusedToo() {
        assertThatThrownBy(() -> new QumuloConfig(ACCESS, List.of(), "v", List.of(), List.of()))
                .hasMessageContaining("path: expected at least one")
                .hasMessageContaining("filter: expected at least one type");
    }
}
