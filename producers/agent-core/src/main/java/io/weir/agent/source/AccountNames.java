package io.weir.agent.source;

/** Names of users and groups. Safe for all threads. */
public interface AccountNames {
    /** The user's name, or the number as text where it has none. */
    String user(long uid);

    /** The group's name, or the number as text where it has none. */
    String group(long gid);
}
