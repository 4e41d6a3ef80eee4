package io.weir.qumulo.client;

import java.util.Set;

/**
 * Whom the cluster takes us for.
 *
 * @param id the user's id
 * @param name the user's name
 * @param privileges names such as {@code PRIVILEGE_FILE_READ_ACCESS}
 */
public record Identity(String id, String name, Set<String> privileges) {
    public Identity {
        privileges = Set.copyOf(privileges);
    }
}
