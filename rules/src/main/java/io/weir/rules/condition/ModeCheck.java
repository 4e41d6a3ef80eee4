package io.weir.rules.condition;

import io.weir.rules.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file's permission bits fit one of some patterns. */
public final class ModeCheck implements ValueCheck {
    public static final String KEY = "mode";

    private final ModeBits[] patterns;

    public ModeCheck(List<ModeBits> patterns) {
        this.patterns = patterns.toArray(ModeBits[]::new);
    }

    @Override
    public boolean test(EventView event) {
        int mode = event.mode();
        if (mode < 0) {
            return false;
        }
        for (ModeBits pattern : patterns) {
            if (pattern.fits(mode)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String seen(EventView event) {
        return event.mode() < 0 ? null : String.format("%04o", event.mode());
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<String> values() {
        return List.of(patterns).stream().map(ModeBits::text).toList();
    }
}
