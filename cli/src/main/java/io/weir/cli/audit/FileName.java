package io.weir.cli.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file as people name it: {@code /path}, or {@code volume:/path}.
 *
 * @param volume empty: of any volume
 * @param path absolute within the volume
 */
record FileName(Optional<String> volume, String path) {
    /** Reads it. */
    static final class Converter implements ITypeConverter<FileName> {
        @Override
        public FileName convert(String text) {
            int slash = text.indexOf('/');
            boolean named = slash > 0 && text.charAt(slash - 1) == ':';
            if (slash != 0 && !named) {
                throw new TypeConversionException("'" + text
                        + "' is no path within a volume; expected one such as /in/a.zip or projects:/in/a.zip");
            }
            return named
                    ? new FileName(Optional.of(text.substring(0, slash - 1)), text.substring(slash))
                    : new FileName(Optional.empty(), text);
        }
    }

    boolean is(String ofVolume, String ofPath) {
        return path.equals(ofPath) && volume.map(ofVolume::equals).orElse(true);
    }

    /** Whether it is a directory, or lies below it. */
    boolean isWithin(String ofVolume, String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        return volume.map(ofVolume::equals).orElse(true) && (path.equals(directory) || path.startsWith(prefix));
    }

    /** Of the path, to pass over records without decoding them: Avro writes a text as its UTF-8. */
    byte[] bytes() {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return volume.map(name -> name + ":").orElse("") + path;
    }
}
