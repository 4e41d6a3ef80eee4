package io.weir.cli.docs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a worker's settings file. */
final class WorkerKeys {
    private WorkerKeys() {}

    /** What each is for; nested keys with a dot. */
    static Map<String, String> documented() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("actions", "list of the action types that this worker carries out; all if left out");
        all.put("volumes", "volumes on Qumulo clusters: a mapping from names to these; none by default");
        all.put("volumes.NAME.cluster", "`https://HOST:8000`, or a list of the cluster's nodes");
        all.put("volumes.NAME.token-file", "file with an access token; or `user` and `password-file`");
        all.put("volumes.NAME.user", "to log in as, with `password-file`");
        all.put("volumes.NAME.password-file", "file with the password");
        all.put("volumes.NAME.ca-file", "the authorities that signed the cluster's certificate, or itself; PEM or DER");
        all.put("volumes.NAME.pin", "SHA-256 fingerprint of the cluster's certificate, in place of `ca-file`");
        all.put("volumes.NAME.insecure", "whether any certificate will do; `false` by default");
        all.put("volumes.NAME.root", "directory on the cluster that is the volume's root; `/` by default");
        all.put("volumes.NAME.marks", "directory in `/.weir` for marks; `/.weir/marks` by default");
        all.put("volumes.NAME.mount", "where it is mounted here besides, for `exec`; nowhere by default");
        all.put("volumes.NAME.watch", "what `weir qumulo --config FILE` reports of it; all by default");
        all.put("volumes.NAME.watch.paths", "list of directories, as with `--path`");
        all.put("volumes.NAME.watch.filter", "list of event types of Change Notify, as with `--filter`");
        all.put("volumes.NAME.watch.exclude", "list of globs, as with `--exclude`");
        all.put("special-modes", "whether `chmod` may set setuid, setgid and sticky bits; `false` by default");
        all.put(
                "roots",
                "directories, absolute within the volume, that actions may change files in; or a mapping from volumes to"
                        + " such lists; all by default");
        all.put("owners", "users, by name or number, that `chown` may give files to; all by default");
        all.put("groups", "groups, by name or number, that `chown` may give files to; all by default");
        all.put("hard-links", "whether `chmod` and `chown` may change files that have other names; `false` by default");
        all.put("threads", "actions at a time, on different files, 1 to 1024; 16 by default");
        all.put("programs", "what `exec` may run: a mapping from names to programs");
        all.put("programs.NAME.command", "absolute path of the program, then its arguments; no shell");
        all.put("programs.NAME.timeout", "after which it is killed with all that it started; `30s` by default");
        all.put("programs.NAME.scope", "globs of the paths on the volume that it may change; none by default");
        all.put(
                "programs.NAME.max-output",
                "bytes that it may write, such as `1MiB`, or it is killed; any number by default");
        all.put("programs.NAME.max-memory", "bytes of data that each of its processes may have; needs `prlimit`");
        all.put("programs.NAME.max-cpu", "processor time that each of its processes may use; needs `prlimit`");
        all.put("programs.NAME.user", "as whom it runs, if the worker runs as root; needs `setpriv`");
        all.put("programs.NAME.directory", "where it runs; the volume's root by default");
        all.put("webhooks", "where `webhook` may send to: a mapping from names to endpoints");
        all.put("webhooks.NAME.url", "address, `http` or `https`");
        all.put("webhooks.NAME.secret-file", "file with the secret that requests are signed with");
        all.put("webhooks.NAME.headers", "mapping of headers to send");
        all.put("webhooks.NAME.timeout", "of one request; `10s` by default");
        all.put("webhooks.NAME.ca-file", "PEM file of the authorities to trust, in place of the JVM's");
        all.put(
                "webhook-hosts",
                "hosts that a rule may give an address of: `host`, `*.domain`, with `:port`; none by default");
        all.put(
                "webhook-networks",
                "addresses and ranges that webhooks may connect to although they are not public; none by default");
        all.put("mail", "the server that `email` sends by");
        all.put("mail.host", "of the SMTP server");
        all.put("mail.port", "by default 587, 465 or 25, by `tls`");
        all.put("mail.tls", "`starttls` (default), `implicit` or `none`");
        all.put("mail.user", "to log in as, with `password-file`");
        all.put("mail.password-file", "file with the password");
        all.put("mail.from", "the sender's address");
        all.put("mail.domains", "of recipients; `\"*\"` for all");
        all.put("mail.timeout", "of each step of the conversation; `10s` by default");
        all.put("mail.ca-file", "PEM file of the authorities to trust, in place of the JVM's");
        return all;
    }
}
