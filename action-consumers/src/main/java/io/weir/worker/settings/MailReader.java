package io.weir.worker.settings;

import io.weir.worker.settings.MailServer.Login;
import io.weir.worker.settings.MailServer.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How mail is sent. */
final class MailReader {
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;:\"]+@[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern DOMAIN = Pattern.compile("\\*|[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final List<String> KEYS =
            List.of("host", "port", "tls", "user", "password-file", "from", "domains", "timeout", "ca-file");
    private static final int MOST_PORT = 65_535;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private String host = "";
    private int port;
    private Tls tls = Tls.STARTTLS;
    private @Nullable String user;
    private @Nullable Secret password;
    private String from = "";
    private @Nullable Setting<List<String>> domains;
    private Duration timeout = DEFAULT_TIMEOUT;
    private @Nullable Path certificates;

    private MailReader() {}

    /** Empty if there are faults. */
    static Optional<MailServer> server(SettingsNode node) {
        int before = node.faultCount();
        MailReader reader = new MailReader();
        node.entries("mail", KEYS, reader::take);
        if (node.faultCount() == before) {
            reader.check(node);
        }
        return node.faultCount() == before ? Optional.of(reader.server()) : Optional.empty();
    }

    private void take(String key, SettingsNode value) {
        switch (key) {
            case "host" -> host = value.text(key);
            case "port" -> port = value.number(key, 1, MOST_PORT);
            case "tls" -> tls = tls(value);
            case "user" -> user = value.text(key);
            case "password-file" -> password = value.secret(key);
            case "from" -> from = address(value);
            case "domains" -> domains = value.setting(domains(value));
            case "timeout" -> timeout = value.duration(key);
            default -> certificates = value.readableFile(key);
        }
    }

    private void check(SettingsNode node) {
        if (host.isBlank() || from.isEmpty() || domains == null) {
            node.fault("mail: expected 'host', 'from' and 'domains', the domains that mail may go to");
        }
        if ((user == null) != (password == null)) {
            node.fault("mail: expected both 'user' and 'password-file', or neither");
        }
        if (user != null && tls == Tls.NONE) {
            node.fault("mail: 'user' with 'tls: none' would send the password in the clear; expected 'tls: starttls'"
                    + " or 'tls: implicit'");
        }
    }

    private MailServer server() {
        Optional<Login> login =
                user == null || password == null ? Optional.empty() : Optional.of(new Login(user, password));
        return new MailServer(
                host,
                port == 0 ? tls.port() : port,
                tls,
                login,
                from,
                domains == null ? Setting.byDefault(List.of()) : domains,
                timeout,
                Optional.ofNullable(certificates));
    }

    private static Tls tls(SettingsNode node) {
        String text = node.text("tls");
        for (Tls tls : Tls.values()) {
            if (tls.name().toLowerCase(Locale.ROOT).equals(text)) {
                return tls;
            }
        }
        node.fault("tls='" + text + "': expected implicit, starttls or none");
        return Tls.STARTTLS;
    }

    private static String address(SettingsNode node) {
        String text = node.text("from");
        if (!ADDRESS.matcher(text).matches()) {
            node.fault("from='" + text + "': expected an address such as weir@example.com");
        }
        return text;
    }

    private static List<String> domains(SettingsNode node) {
        List<String> domains = node.texts("domains").stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        for (String domain : domains) {
            if (!DOMAIN.matcher(domain).matches()) {
                node.fault("domains: '" + domain + "': expected a domain such as example.com, or \"*\" for all");
            }
        }
        return domains;
    }
}
