package io.weir.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."))
            .resolve("../docs/configuration.md")
            .normalize();

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("weir.docs.update")) {
            Files.writeString(PAGE, ConfigurationReference.text());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md; write it anew with -Dweir.docs.update=true")
                .isEqualTo(ConfigurationReference.text());
    }

    @Test
    void allRegistryPropertiesThatTheCodeAsksForAreDocumentedAndNoOthers() {
        String tls = "schema.registry.ssl.";
        Set<String> asked = RegistryProperties.asked(List.of(
                with(),
                with("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p"),
                with("basic.auth.credentials.source", "SASL_INHERIT"),
                with("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t"),
                with(tls + "truststore.location", "/none", tls + "keystore.location", "/none"),
                with(tls + "truststore.certificates", "x"),
                with(tls + "keystore.location", "/none"),
                with(tls + "keystore.certificate.chain", "x", tls + "keystore.key", "x")));
        assertThat(asked)
                .isEqualTo(new TreeSet<>(RegistryProperties.documented().keySet()));
    }

    @Test
    void theWorkersKeysAreThoseThatItsReaderExpects(@TempDir Path directory) throws IOException {
        assertThat(expectedKeys(directory, "nonsense: 1\n")).isEqualTo(documentedKeys("", false));
        assertThat(expectedKeys(directory, "programs: {p: {nonsense: 1}}\n"))
                .isEqualTo(documentedKeys("programs.NAME.", true));
        assertThat(expectedKeys(directory, "webhooks: {w: {nonsense: 1}}\n"))
                .isEqualTo(documentedKeys("webhooks.NAME.", true));
        assertThat(expectedKeys(directory, "volumes: {v: {nonsense: 1}}\n"))
                .isEqualTo(documentedKeys("volumes.NAME.", true));
        assertThat(expectedKeys(directory, "volumes: {v: {watch: {nonsense: 1}}}\n"))
                .isEqualTo(documentedKeys("volumes.NAME.watch.", true));
        assertThat(expectedKeys(directory, "mail: {nonsense: 1}\n")).isEqualTo(documentedKeys("mail.", true));
    }

    private static Set<String> documentedKeys(String prefix, boolean nested) {
        Set<String> keys = new TreeSet<>();
        for (String key : WorkerKeys.documented().keySet()) {
            String name = key.substring(key.startsWith(prefix) ? prefix.length() : 0);
            if (key.startsWith(prefix) && key.contains(".") == nested && !name.contains(".")) {
                keys.add(name);
            }
        }
        return keys;
    }

    /** The message about an unknown key names all that are known. */
    private static Set<String> expectedKeys(Path directory, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("worker.yaml"), yaml);
        String message = String.valueOf(catchThrowable(() -> WorkerSettings.load(file)));
        MatchResult list = Pattern.compile("expected one of (.*)")
                .matcher(message)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(message));
        return new TreeSet<>(Arrays.asList(list.group(1).split(", ")));
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> all = new HashMap<>(Map.of("schema.registry.url", "https://127.0.0.1:1"));
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }
}
