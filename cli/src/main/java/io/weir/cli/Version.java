package io.weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** {@code weir --version}: the version, and the commit that was built. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"weir " + read("version") + " (commit " + read("commit") + ")"};
    }

    /** The version alone, such as {@code 0.1.0}. */
    public static String number() {
        return read("version");
    }

    private static String read(String key) {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(key, "unknown");
    }
}
