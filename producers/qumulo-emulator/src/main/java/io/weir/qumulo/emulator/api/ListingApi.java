package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.Percent;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.qumulo.emulator.tree.TreeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entries of directories, in pages, and what is below them in numbers. */
final class ListingApi {
    private final Cluster cluster;

    ListingApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/entries/", this::list);
        router.add("GET", "/v1/files/{ref}/aggregates/", this::aggregates);
    }

    /** The cursor is the name of the page's last entry: pages fit together also while entries come and go. */
    private Answer list(Call call) {
        FileRef ref = FileRef.of(call.ref());
        TreeState state = call.state(cluster, ref);
        Inode directory = state.get(ref);
        int limit = (int) Math.max(
                1,
                Math.min(
                        call.number("limit", Long.MAX_VALUE), cluster.switches().pageLimit()));
        Optional<Pattern> pattern =
                Optional.ofNullable(call.parameter("smb-pattern")).map(ListingApi::pattern);
        var names = new ArrayList<String>();
        directory.entries().visitAfter(call.parameter("after"), (name, id) -> {
            if (pattern.isEmpty() || pattern.get().matcher(name).matches()) {
                names.add(name);
            }
            return names.size() <= limit;
        });
        boolean more = names.size() > limit;
        List<String> page = more ? names.subList(0, limit) : names;
        touch(call, directory);
        return Json.ok(page(call, state, directory, page, more ? page.get(limit - 1) : null));
    }

    private static ObjectNode page(
            Call call, TreeState state, Inode directory, List<String> names, @Nullable String cursor) {
        String path = state.pathOf(directory);
        ObjectNode json = Json.object()
                .put("path", path)
                .put("id", String.valueOf(directory.id()))
                .put("child_count", directory.entries().size());
        var files = json.putArray("files");
        for (String name : names) {
            Long id = directory.entries().get(name);
            Inode inode = state.get(FileRef.id(id == null ? 0 : id));
            files.add(AttributesJson.of(inode, path + name + (inode.isDirectory() ? "/" : "")));
        }
        json.putObject("paging").put("next", cursor == null ? "" : next(call, directory, cursor));
        return json;
    }

    private static String next(Call call, Inode directory, String cursor) {
        var url = new StringBuilder("/v1/files/" + directory.id() + "/entries/?after=" + Percent.encode(cursor));
        for (String name : List.of("limit", "snapshot", "smb-pattern", "skip-atime-update")) {
            String value = call.parameter(name);
            if (value != null) {
                url.append('&').append(name).append('=').append(Percent.encode(value));
            }
        }
        return url.toString();
    }

    private static Pattern pattern(String wildcards) {
        var regex = new StringBuilder();
        for (int i = 0; i < wildcards.length(); i++) {
            char c = wildcards.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    private void touch(Call call, Inode directory) {
        if (cluster.switches().atimeTracking()
                && !call.flag("skip-atime-update")
                && call.parameter("snapshot") == null) {
            cluster.tree().access(String.valueOf(directory.id()));
        }
    }

    private Answer aggregates(Call call) {
        TreeState state = cluster.tree().state();
        Inode directory = state.get(FileRef.of(call.ref()));
        var sums = new Sums();
        add(state, directory, sums);
        return Json.ok(Json.object()
                .put("path", state.pathOf(directory))
                .put("id", String.valueOf(directory.id()))
                .put("total_files", String.valueOf(sums.files))
                .put("total_directories", String.valueOf(sums.directories))
                .put("total_capacity", String.valueOf(sums.bytes)));
    }

    private static final class Sums {
        private long files;
        private long directories;
        private long bytes;
    }

    private static void add(TreeState state, Inode directory, Sums sums) {
        directory.entries().visitAfter(null, (name, id) -> {
            Inode inode = state.get(FileRef.id(id));
            if (inode.isDirectory()) {
                sums.directories++;
                add(state, inode, sums);
            } else {
                sums.files++;
                sums.bytes += inode.size();
            }
            return true;
        });
    }
}
