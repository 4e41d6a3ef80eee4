package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.FileTree;
import io.weir.qumulo.emulator.tree.FileType;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.qumulo.emulator.tree.TreeState;

/** Making, moving and removing entries of directories. */
final class EntriesApi {
    private final Cluster cluster;

    EntriesApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/files/{ref}/entries/", this::act);
        router.add("DELETE", "/v1/files/{ref}", call -> delete(call.ref()));
        router.add("DELETE", "/v1/files/{ref}/entries/{name}", this::deleteEntry);
        router.add("POST", "/v1/tree-delete/jobs/", this::deleteTree);
    }

    private Answer act(Call call) {
        JsonNode json = call.json();
        String name = Call.required(json, "name");
        FileTree tree = cluster.tree();
        Inode inode =
                switch (Call.required(json, "action")) {
                    case "CREATE_FILE" -> tree.createFile(call.ref(), name);
                    case "CREATE_DIRECTORY" -> tree.createDirectory(call.ref(), name);
                    case "RENAME" ->
                        tree.rename(
                                path(json),
                                call.ref(),
                                name,
                                json.path("clobber").asBoolean());
                    case "CREATE_LINK" -> tree.link(path(json), call.ref(), name);
                    case "CREATE_SYMLINK" -> tree.createSymlink(call.ref(), name, Call.required(json, "old_path"));
                    case "CREATE_UNIX_FILE" ->
                        tree.createSpecial(call.ref(), name, unixType(Call.required(json, "unix_file_type")));
                    default -> throw ApiException.undecodable("action: not one that is known");
                };
        TreeState state = tree.state();
        String directory = state.find(call.ref()).map(state::pathOf).orElse("/");
        return AttributesApi.tagged(inode, directory + name + (inode.isDirectory() ? "/" : ""));
    }

    private static String path(JsonNode json) {
        String path = Call.required(json, "old_path");
        if (!path.startsWith("/")) {
            throw ApiException.undecodable("old_path='" + path + "': expected an absolute path");
        }
        return path;
    }

    private static FileType unixType(String wireName) {
        for (FileType type : FileType.values()) {
            if (type.wireName().equals(wireName) && type.name().startsWith("UNIX_")) {
                return type;
            }
        }
        throw ApiException.undecodable(
                "unix_file_type='" + wireName + "': expected one such as FS_FILE_TYPE_UNIX_PIPE");
    }

    private Answer delete(String ref) {
        cluster.tree().delete(ref);
        return Answer.empty(200);
    }

    private Answer deleteEntry(Call call) {
        TreeState state = cluster.tree().state();
        Inode directory = state.get(FileRef.of(call.ref()));
        directory.entries();
        return delete(state.pathOf(directory) + call.variable("name"));
    }

    /** At once, where a cluster does it in the background. */
    private Answer deleteTree(Call call) {
        cluster.require(Privileges.FS_DELETE_TREE_WRITE);
        cluster.tree().deleteTree(call.required("id"));
        return Answer.empty(202);
    }
}
