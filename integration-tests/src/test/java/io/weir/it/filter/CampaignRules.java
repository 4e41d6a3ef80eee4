package io.weir.it.filter;

import java.util.List;
import java.util.Map;

/** Rules that change: what they match, how long they wait, what they count, and whether they only watch. */
final class CampaignRules {
    private static final List<String> EXTENSIONS = List.of("zip", "rar", "lzh");

    private CampaignRules() {}

    static Map<String, String> of(int change) {
        String extension = EXTENSIONS.get(change % EXTENSIONS.size());
        String mode = change % 7 == 3 ? "shadow" : "enforce";
        return Map.of(
                "archives",
                "{id: archives, mode: " + mode + ", on: created, when: {extension: [" + extension
                        + ", gz], path: /d*/**}, actions: [quarantine: {to: /q}]}",
                "loop",
                "{id: loop, on: created, when: {path: /loop/*}, actions: [quarantine: {to: /q}]}",
                "settles",
                "{id: settles, on: created, when: {extension: dat}, settle: " + (1 + change % 3)
                        + "s, actions: [quarantine: {to: /q}]}",
                "counts",
                "{id: counts, on: created, when: {extension: log, burst: {count: " + (40 + change % 2)
                        + ", within: 1h, by: directory}}, actions: [quarantine: {to: /q}]}",
                "chain",
                "{id: chain, on: created, causes: [external, action], max-depth: 2, when: {path: /q/**},"
                        + " actions: [quarantine: {to: /r}]}");
    }
}
