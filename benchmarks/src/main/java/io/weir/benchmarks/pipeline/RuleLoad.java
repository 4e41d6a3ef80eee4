package io.weir.benchmarks.pipeline;

import java.util.Locale;

/** Rules of several kinds, of which the first matches one event in a hundred and the others none. */
final class RuleLoad {
    private RuleLoad() {}

    static String id(int i) {
        return String.format(Locale.ROOT, "rule-%05d", i);
    }

    static String definition(int i) {
        String when =
                switch (i == 0 ? -1 : i % 5) {
                    case -1 -> "  - extension: " + EventLoad.RARE;
                    case 0 -> "  - extension: [x" + i + ", y" + i + "]\n  - path: /show-*/**";
                    case 1 -> "  - path: /incoming-" + i + "/**";
                    case 2 -> "  - name: \"report-" + i + "-*.pdf\"";
                    case 3 -> "  - path: /show-" + i % 20 + "/seq_*/archive-" + i + "/**";
                    default -> "  - extension: z" + i + "\n  - size: \">10MB\"";
                };
        return "id: " + id(i) + "\non: [created, written]\nwhen:\n" + when + "\nactions:\n"
                + "  - quarantine: { to: /.quarantine }\n";
    }
}
