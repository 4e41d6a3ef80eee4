package io.weir.cli.up;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Puts the native code of libraries beside their jars. They would otherwise unpack it into {@code /tmp} at each start, and
 * leave it there when the process is killed.
 */
final class NativeLibraries {
    /** Resource in a jar, by processor as {@code os.arch} names it. Other systems unpack as ever. */
    private static final Map<String, Map<String, String>> RESOURCES = Map.of(
            "amd64",
            Map.of(
                    "libjnidispatch.so", "/com/sun/jna/linux-x86-64/libjnidispatch.so",
                    "libsqlitejdbc.so", "/org/sqlite/native/Linux/x86_64/libsqlitejdbc.so"),
            "aarch64",
            Map.of(
                    "libjnidispatch.so", "/com/sun/jna/linux-aarch64/libjnidispatch.so",
                    "libsqlitejdbc.so", "/org/sqlite/native/Linux/aarch64/libsqlitejdbc.so"));

    private NativeLibraries() {}

    /** Unpacks those of this system, if it is one with glibc; musl has others. */
    static void unpack(Path directory) throws IOException {
        if (isMusl()) {
            return;
        }
        for (Map.Entry<String, String> library :
                RESOURCES.getOrDefault(System.getProperty("os.arch"), Map.of()).entrySet()) {
            try (InputStream in = NativeLibraries.class.getResourceAsStream(library.getValue())) {
                if (in != null) {
                    Files.createDirectories(directory);
                    Path temporary = directory.resolve("." + library.getKey());
                    Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(temporary, directory.resolve(library.getKey()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    private static boolean isMusl() throws IOException {
        try (var loaders = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
            return loaders.iterator().hasNext();
        }
    }
}
