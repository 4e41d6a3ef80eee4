package io.weir.cli.acl;

import io.weir.cli.lines.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Rights as people and programs read them. */
final class AclText {
    private static final Comparator<AclBinding> ORDER = Comparator.comparing(
                    (AclBinding acl) -> acl.pattern().resourceType())
            .thenComparing(acl -> acl.pattern().name())
            .thenComparing(acl -> acl.pattern().patternType())
            .thenComparing(acl -> acl.entry().operation())
            .thenComparing(acl -> acl.entry().principal());

    private AclText() {}

    static List<AclBinding> sorted(Iterable<AclBinding> acls) {
        List<AclBinding> sorted = new ArrayList<>();
        acls.forEach(sorted::add);
        sorted.sort(ORDER);
        return sorted;
    }

    /** {@code topic weir.rules: read, for User:weir-agent}. */
    static String line(AclBinding acl) {
        return thing(acl.pattern()) + ": " + word(acl.entry().operation()) + ", for "
                + acl.entry().principal()
                + (acl.entry().host().equals("*") ? "" : " from " + acl.entry().host());
    }

    static JsonObject json(AclBinding acl) {
        return new JsonObject()
                .put("kind", "acl")
                .put("principal", acl.entry().principal())
                .put("host", acl.entry().host())
                .put("permission", acl.entry().permissionType().name().toLowerCase(Locale.ROOT))
                .put("operation", word(acl.entry().operation()))
                .put("resource", word(acl.pattern().resourceType()))
                .put("name", acl.pattern().name())
                .put("pattern", acl.pattern().patternType().name().toLowerCase(Locale.ROOT));
    }

    /** Calls of Kafka's own {@code kafka-acls}, one a thing. */
    static List<String> commands(List<AclBinding> acls) {
        Map<ResourcePattern, StringBuilder> byThing = new LinkedHashMap<>();
        for (AclBinding acl : acls) {
            byThing.computeIfAbsent(
                            acl.pattern(),
                            thing -> new StringBuilder(
                                    "kafka-acls.sh --bootstrap-server \"$BROKER\" --command-config admin.properties --add"
                                            + " --allow-principal '"
                                            + acl.entry().principal() + "' --"
                                            + word(thing.resourceType()) + " '" + thing.name()
                                            + "' --resource-pattern-type "
                                            + thing.patternType().name().toLowerCase(Locale.ROOT)))
                    .append(" --operation ")
                    .append(camel(acl.entry().operation()));
        }
        return byThing.values().stream().map(StringBuilder::toString).toList();
    }

    private static String thing(ResourcePattern pattern) {
        return word(pattern.resourceType()) + " " + pattern.name()
                + (pattern.patternType() == PatternType.PREFIXED ? "*" : "");
    }

    static String word(AclOperation operation) {
        return operation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String word(ResourceType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code DescribeConfigs}. */
    private static String camel(AclOperation operation) {
        StringBuilder camel = new StringBuilder();
        boolean begins = true;
        for (char c : operation.name().toCharArray()) {
            if (c == '_') {
                begins = true;
            } else {
                camel.append(begins ? c : Character.toLowerCase(c));
                begins = false;
            }
        }
        return camel.toString();
    }
}
