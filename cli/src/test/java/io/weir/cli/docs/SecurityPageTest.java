package io.weir.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.acl.Grant;
import io.weir.schemas.acl.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/** The rights on the page are those that {@code weir acls} gives; {@code -Dweir.docs.update=true} writes them anew. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final String BEGIN = "<!-- roles -->\n";
    private static final String END = "<!-- end of roles -->\n";
    private static final String EXAMPLE = "media";

    @Test
    void theRightsAreThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("weir.docs.update")) {
            page = page.substring(0, begin) + tables() + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }
        assertThat(page.substring(begin, end)).isEqualTo(tables());
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        for (Role role : Role.values()) {
            text.append("\n**")
                    .append(role.word())
                    .append("** (`")
                    .append(role.commands())
                    .append("`)");
            text.append(role == Role.WORKER ? ", of the volume `" + EXAMPLE + "`:\n\n" : ":\n\n");
            text.append("| thing | may |\n|---|---|\n");
            for (Grant grant : role.grants(List.of(EXAMPLE))) {
                text.append("| ")
                        .append(thing(grant))
                        .append(" | ")
                        .append(operations(grant))
                        .append(" |\n");
            }
        }
        return text.append('\n').toString();
    }

    private static String thing(Grant grant) {
        return word(grant.type()) + " `" + grant.name() + (grant.pattern() == PatternType.PREFIXED ? "*" : "") + "`";
    }

    private static String operations(Grant grant) {
        return grant.operations().stream().map(SecurityPageTest::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
