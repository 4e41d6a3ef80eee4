package io.weir.cli.search;

import io.weir.rules.Glob;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Paths that a glob matches, as an option's value. */
public final class PathGlob implements ITypeConverter<Predicate<String>> {
    public PathGlob() {}

    @Override
    public Predicate<String> convert(String glob) {
        try {
            return Glob.compile(glob)::matches;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + glob + "' is no glob: " + e.getMessage());
        }
    }
}
