package io.weir.qumulo.client.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Reads tokens and passwords. Messages name the file and never what is in it. */
final class SecretFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OTHERS_READ =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private SecretFile() {}

    /** The token: the file's only word, or the field {@code bearer_token} of the JSON that {@code qq} writes. */
    static String token(Path file) throws QumuloException {
        String text = read("token file", file).strip();
        if (text.startsWith("{")) {
            text = fieldOf(text, file);
        }
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new QumuloException(
                    "token file='" + file + "': expected one token and nothing else;"
                            + " try what 'qq auth_create_access_token' prints as bearer_token",
                    Reason.OTHER,
                    null);
        }
        return text;
    }

    /** The password: all of the file but one line end. */
    static String password(Path file) throws QumuloException {
        String text = read("password file", file);
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty()) {
            throw new QumuloException(
                    "password file='" + file + "': is empty; expected the password", Reason.OTHER, null);
        }
        return text;
    }

    /** Whether others than the owner can read the file. */
    static boolean isExposed(Path file) {
        try {
            Set<PosixFilePermission> set = Files.getPosixFilePermissions(file);
            return set.stream().anyMatch(OTHERS_READ::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String read(String what, Path file) throws QumuloException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new QumuloException(
                        what + "='" + file + "': is longer than 64 KiB; expected a secret", Reason.OTHER, null);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (QumuloException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new QumuloException(what + "='" + file + "': there is no such file", Reason.OTHER, e);
        } catch (IOException e) {
            throw new QumuloException(what + "='" + file + "': cannot be read: " + e.getMessage(), Reason.OTHER, e);
        }
    }

    private static String fieldOf(String json, Path file) throws QumuloException {
        try {
            JsonNode token = new JsonMapper().readTree(json).path("bearer_token");
            return token.asText("").strip();
        } catch (JsonProcessingException e) {
            // Not as a cause: its message quotes the text.
            throw new QumuloException(
                    "token file='" + file + "': is not JSON at line "
                            + e.getLocation().getLineNr()
                            + "; expected a token alone, or JSON with the field bearer_token",
                    Reason.OTHER,
                    null);
        }
    }
}
