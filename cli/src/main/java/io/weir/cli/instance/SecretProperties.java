package io.weir.cli.instance;

import io.weir.cli.CommandException;
import io.weir.schemas.connect.Placeholders;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Keeps secrets out of the command line, which every user of a host can read in the list of processes. */
final class SecretProperties {
    private static final Set<String> OF_REGISTRY =
            Set.of("basic.auth.user.info", "bearer.auth.token", "ssl.keystore.key", "ssl.key.password");

    private static final Pattern SECRET_OPTION = Pattern.compile("(?i)(password|secret)\\s*=");

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@,]*@");

    private SecretProperties() {}

    /**
     * Refuses secrets among properties given as arguments; placeholders are none.
     *
     * @throws CommandException naming the first property, without its value
     */
    static void refuse(String option, Map<String, String> properties) {
        properties.forEach((name, value) -> {
            if (isSecret(name, value) && !Placeholders.isIn(value)) {
                throw new CommandException(
                        option + " " + name + ": arguments can be read by every user of this host, in"
                                + " the list of processes; expected a placeholder, such as ${file:PATH:KEY} or ${env:NAME}, or"
                                + " the property in the file of --connection");
            }
        });
    }

    /** Refuses a URL with credentials as an argument. */
    static void refuseCredentials(String option, String url) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new CommandException(option + ": arguments can be read by every user of this host, in the list of"
                    + " processes; expected a URL without credentials, and basic.auth.* in the file of --connection");
        }
    }

    private static boolean isSecret(String name, String value) {
        String plain = name.startsWith("schema.registry.") ? name.substring("schema.registry.".length()) : name;
        if (plain.equals("sasl.jaas.config")) {
            return SECRET_OPTION.matcher(value).find();
        }
        return plain.endsWith(".password")
                || OF_REGISTRY.contains(plain)
                || isPassword(ProducerConfig.configDef(), plain)
                || isPassword(ConsumerConfig.configDef(), plain)
                || isPassword(AdminClientConfig.configDef(), plain);
    }

    private static boolean isPassword(ConfigDef definitions, String name) {
        ConfigDef.ConfigKey key = definitions.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }
}
