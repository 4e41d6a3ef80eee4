package io.weir.schemas.acl;

import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done to one thing in Kafka, or to all whose names begin alike.
 *
 * @param type of the thing
 * @param name its name, or how the names begin
 * @param pattern which of the two
 * @param operations what may be done
 */
public record Grant(ResourceType type, String name, PatternType pattern, List<AclOperation> operations) {
    private static final String ANY_HOST = "*";

    public Grant {
        operations = List.copyOf(operations);
    }

    static Grant topic(String name, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, List.of(operations));
    }

    static Grant topics(String prefix, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, prefix, PatternType.PREFIXED, List.of(operations));
    }

    static Grant group(String name, AclOperation... operations) {
        return new Grant(ResourceType.GROUP, name, PatternType.LITERAL, List.of(operations));
    }

    static Grant groups(String prefix, AclOperation... operations) {
        return new Grant(ResourceType.GROUP, prefix, PatternType.PREFIXED, List.of(operations));
    }

    static Grant transactions(String prefix, PatternType pattern) {
        return new Grant(
                ResourceType.TRANSACTIONAL_ID, prefix, pattern, List.of(AclOperation.WRITE, AclOperation.DESCRIBE));
    }

    /** As Kafka's entries for a user such as {@code User:agent}, from any host. */
    public List<AclBinding> bindings(String principal) {
        ResourcePattern resource = new ResourcePattern(type, name, pattern);
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
