package io.weir.worker.settings;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.files.ReservedPaths;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.qumulo.ClusterVolume.Watch;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Volumes that are reached by their cluster's REST API. */
final class VolumeReader {
    private static final Pattern ANY_NAME = Pattern.compile("(?s).*");
    private static final List<String> KEYS = List.of(
            "cluster",
            "token-file",
            "user",
            "password-file",
            "ca-file",
            "pin",
            "insecure",
            "root",
            "marks",
            "mount",
            "watch");
    private static final List<String> WATCH_KEYS = List.of("paths", "filter", "exclude");

    private final List<URI> endpoints = new ArrayList<>();
    private @Nullable Path token;
    private @Nullable String user;
    private @Nullable Path password;
    private @Nullable Path authorities;
    private @Nullable String pin;
    private boolean insecure;
    private String root = "/";
    private String marks = ReservedPaths.MARKS;
    private @Nullable Path mount;

    private final List<String> paths = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> excludes = new ArrayList<>();

    private VolumeReader() {}

    static List<ClusterVolume> volumes(SettingsNode node) {
        List<ClusterVolume> volumes = new ArrayList<>();
        node.named("volume", ANY_NAME, "", (name, value) -> {
            var reader = new VolumeReader();
            int before = value.faultCount();
            value.entries("volume '" + name + "'", KEYS, reader::take);
            if (value.faultCount() == before) {
                reader.volume(name, value).ifPresent(volumes::add);
            }
        });
        return List.copyOf(volumes);
    }

    private void take(String key, SettingsNode value) {
        switch (key) {
            case "cluster" -> value.texts(key).forEach(text -> endpoint(text, value));
            case "token-file" -> token = value.readableFile(key);
            case "user" -> user = value.text(key);
            case "password-file" -> password = value.readableFile(key);
            case "ca-file" -> authorities = value.readableFile(key);
            case "pin" -> pin = value.text(key);
            case "insecure" -> insecure = value.truth(key);
            case "root" -> root = value.text(key);
            case "marks" -> marks = value.text(key);
            case "watch" -> value.entries("'watch'", WATCH_KEYS, this::takeWatch);
            default -> mount = Path.of(value.text(key));
        }
    }

    private void takeWatch(String key, SettingsNode value) {
        List<String> texts = value.texts(key);
        switch (key) {
            case "paths" -> paths.addAll(texts);
            case "filter" -> types.addAll(texts);
            default -> excludes.addAll(texts);
        }
    }

    private void endpoint(String text, SettingsNode node) {
        try {
            endpoints.add(new URI(text));
        } catch (URISyntaxException e) {
            node.fault("cluster='" + text + "': expected https://HOST:8000");
        }
    }

    private Optional<ClusterVolume> volume(String name, SettingsNode node) {
        if (!VolumeName.isValid(name)) {
            node.fault("volume='" + name + "': expected 1 to 63 of a-z, 0-9 and '-'");
            return Optional.empty();
        }
        if ((token == null) == (user == null) || (user == null) != (password == null)) {
            node.fault("volume '" + name + "': expected 'token-file', or 'user' and 'password-file'");
            return Optional.empty();
        }
        if ((authorities == null ? 0 : 1) + (pin == null ? 0 : 1) + (insecure ? 1 : 0) > 1) {
            node.fault("volume '" + name + "': expected at most one of 'ca-file', 'pin' and 'insecure'");
            return Optional.empty();
        }
        if (mount != null && !mount.isAbsolute()) {
            node.fault("volume '" + name + "': mount='" + mount + "': expected an absolute path of this host");
            return Optional.empty();
        }
        try {
            var access = new ClusterAccess(endpoints, credentials(), trust());
            return Optional.of(new ClusterVolume(
                    name, access, root, marks, Optional.ofNullable(mount), new Watch(paths, types, excludes)));
        } catch (IllegalArgumentException e) {
            String.valueOf(e.getMessage()).lines().forEach(fault -> node.fault("volume '" + name + "': " + fault));
            return Optional.empty();
        }
    }

    private Credentials credentials() {
        if (user != null && password != null) {
            return new Credentials.UserPassword(user, password);
        }
        if (token == null) {
            throw new IllegalArgumentException("expected 'token-file'");
        }
        return new Credentials.TokenFile(token);
    }

    private Trust trust() {
        if (authorities != null) {
            return new Trust.AuthorityFile(authorities);
        }
        if (pin != null) {
            return new Trust.PinnedCertificate(pin);
        }
        return insecure ? new Trust.Anything() : new Trust.SystemAuthorities();
    }
}
