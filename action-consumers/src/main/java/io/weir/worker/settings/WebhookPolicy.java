package io.weir.worker.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where webhooks may go.
 *
 * @param endpoints by the names that rules use
 * @param hosts that a rule may give an address of: names, {@code *.domain} or either with a port; none by default
 * @param networks addresses that may be connected to although they are not public
 */
public record WebhookPolicy(
        Map<String, WebhookEndpoint> endpoints, Setting<List<String>> hosts, Setting<List<Network>> networks) {
    /** How {@code hosts} are written, in lower case. */
    static final Pattern HOST =
            Pattern.compile("(?<host>(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?");

    public static final WebhookPolicy DEFAULT =
            new WebhookPolicy(Map.of(), Setting.byDefault(List.of()), Setting.byDefault(List.of()));

    public WebhookPolicy {
        endpoints = Map.copyOf(endpoints);
    }

    WebhookPolicy withEndpoints(Map<String, WebhookEndpoint> changed) {
        return new WebhookPolicy(changed, hosts, networks);
    }

    WebhookPolicy withHosts(Setting<List<String>> changed) {
        return new WebhookPolicy(endpoints, changed, networks);
    }

    WebhookPolicy withNetworks(Setting<List<Network>> changed) {
        return new WebhookPolicy(endpoints, hosts, changed);
    }

    /** Why an address that a rule gives is refused; empty if its host is listed. What the host resolves to is not asked. */
    public Optional<String> refusal(HttpUrl url) {
        if (hosts.value().stream().anyMatch(allowed -> fits(allowed, url))) {
            return Optional.empty();
        }
        return Optional.of("address '" + WebhookEndpoint.shown(url) + "' is not among 'webhook-hosts' " + hosts.value()
                + " (" + hosts.place() + "); change the worker's settings, or name one of its 'webhooks' in the rule");
    }

    private static boolean fits(String allowed, HttpUrl url) {
        Matcher form = HOST.matcher(allowed);
        if (!form.matches()) {
            return false;
        }
        String port = form.group("port");
        boolean portFits = port == null
                ? url.port() == HttpUrl.defaultPort(url.scheme())
                : port.equals(Integer.toString(url.port()));
        String host = form.group("host").replace("[", "").replace("]", "");
        boolean hostFits = host.startsWith("*.")
                ? url.host().endsWith(host.substring(1))
                : url.host().equals(host);
        return portFits && hostFits;
    }
}
