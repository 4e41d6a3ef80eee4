package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.tree.Attributes;
import io.weir.qumulo.emulator.tree.Body;
import io.weir.qumulo.emulator.tree.FileType;
import io.weir.qumulo.emulator.tree.Identity;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.qumulo.emulator.tree.TreeState;
import java.util.List;

/** An inode as the API shows it. */
final class AttributesJson {
    static final List<String> FLAGS = List.of(
            "read_only",
            "hidden",
            "system",
            "archive",
            "temporary",
            "compressed",
            "not_content_indexed",
            "sparse_file",
            "offline");

    private AttributesJson() {}

    static ObjectNode of(TreeState state, Inode inode) {
        return of(inode, state.pathOf(inode));
    }

    static ObjectNode of(Inode inode, String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var json = Json.object()
                .put("path", path)
                .put("name", trimmed.substring(trimmed.lastIndexOf('/') + 1))
                .put("num_links", inode.isDirectory() ? 2 : inode.links().size())
                .put("type", inode.type().wireName());
        json.putObject("major_minor_numbers").put("major", 0).put("minor", 0);
        json.put("symlink_target_type", inode.type() == FileType.SYMLINK ? "FS_FILE_TYPE_FILE" : "FS_FILE_TYPE_UNKNOWN")
                .put("file_number", String.valueOf(inode.id()))
                .put("id", String.valueOf(inode.id()));
        attributes(json, inode.attributes());
        sizes(json, inode);
        return json;
    }

    private static void attributes(ObjectNode json, Attributes attributes) {
        json.put("mode", "0%03o".formatted(attributes.mode()))
                .put("owner", attributes.owner().authId())
                .set("owner_details", details(attributes.owner()));
        json.put("group", attributes.group().authId()).set("group_details", details(attributes.group()));
        json.put("access_time", attributes.accessed().toString())
                .put("modification_time", attributes.modified().toString())
                .put("change_time", attributes.changed().toString())
                .put("creation_time", attributes.created().toString());
        ObjectNode flags = json.putObject("extended_attributes");
        FLAGS.forEach(flag -> flags.put(flag, attributes.flags().contains(flag)));
    }

    private static ObjectNode details(Identity identity) {
        return Json.object().put("id_type", identity.type()).put("id_value", identity.value());
    }

    private static void sizes(ObjectNode json, Inode inode) {
        int blocks = inode.body() instanceof Body.File file ? file.data().blockCount() : 0;
        json.put("size", String.valueOf(inode.size()))
                .put("blocks", String.valueOf(blocks + 1))
                .put("datablocks", String.valueOf(blocks))
                .put("logical_datablocks", String.valueOf(blocks))
                .put("metablocks", "1")
                .put("child_count", inode.isDirectory() ? inode.entries().size() : 0)
                .put("directory_entry_hash_policy", inode.isDirectory() ? "FS_DIRECTORY_HASH_VERSION_FOLDED" : null)
                .put("data_revision", inode.body() instanceof Body.File file ? String.valueOf(file.revision()) : null)
                .put("user_metadata_revision", String.valueOf(inode.metadata().revision()));
    }
}
