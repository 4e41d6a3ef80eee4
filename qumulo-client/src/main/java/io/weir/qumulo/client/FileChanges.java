package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.client.rest.ApiAnswer;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.Content;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.client.rest.RestClient;
import java.util.Base64;

/**
 * Changes files. Calls that set something (attributes, data, metadata) are repeated when their answer is lost, unless they
 * are bound to an ETag; calls that make, move or delete something are not, and then end in an exception that
 * {@linkplain QumuloException#mayHaveBeenCarriedOut() may have been carried out}. Safe for all threads; blocks its caller.
 */
public final class FileChanges {
    private final RestClient rest;

    FileChanges(RestClient rest) {
        this.rest = rest;
    }

    /** Sets attributes; answers all that the file then has. */
    public FileAttributes setAttributes(FileRef file, AttributeChange change) throws QumuloException {
        return changed(ApiRequest.of("PATCH", target(file, "/info/attributes"), Effect.SETS, change.json()));
    }

    /**
     * Sets attributes of a file that is still as its ETag says. Sent once.
     *
     * @throws QumuloException with {@link Reason#CHANGED} if it is not
     */
    public FileAttributes setAttributes(FileRef file, AttributeChange change, String etag) throws QumuloException {
        return changed(ApiRequest.of("PATCH", target(file, "/info/attributes"), Effect.ONCE, change.json())
                .ifMatch(etag));
    }

    /** Gives a file an access list, which may change its mode. */
    public void setAccessList(FileRef file, AccessList list) throws QumuloException {
        rest.call(ApiRequest.of("PUT", target(file, "/info/acl"), Effect.SETS, list.json()));
    }

    /** Makes an empty file. Sent once; {@link Reason#EXISTS} if there is one of that name. */
    public FileAttributes createFile(FileRef directory, String name) throws QumuloException {
        return entry(directory, action("CREATE_FILE", name));
    }

    /** Makes a directory. Sent once; {@link Reason#EXISTS} if there is one of that name. */
    public FileAttributes createDirectory(FileRef directory, String name) throws QumuloException {
        return entry(directory, action("CREATE_DIRECTORY", name));
    }

    /** Makes a symbolic link. Sent once; {@link Reason#EXISTS} if there is one of that name. */
    public FileAttributes createSymlink(FileRef directory, String name, String target) throws QumuloException {
        return entry(directory, action("CREATE_SYMLINK", name).put("old_path", target));
    }

    /**
     * Renames a file or directory, or moves it to another directory. Sent once. The API takes the source by its path only,
     * so somebody else may have put another file there: the answer's id tells which one was moved.
     *
     * @param source absolute
     * @param clobber whether a file of that name, or an empty directory, is replaced; if not, {@link Reason#EXISTS}
     */
    public FileAttributes rename(String source, FileRef directory, String name, boolean clobber)
            throws QumuloException {
        FileRef from = FileRef.path(source);
        return entry(
                directory, action("RENAME", name).put("old_path", from.text()).put("clobber", clobber));
    }

    /**
     * Deletes a file, or a directory that is empty. Sent once. By path, only that name of a file with several.
     *
     * @throws QumuloException with {@link Reason#NOT_EMPTY} if the directory is not
     */
    public void delete(FileRef file) throws QumuloException {
        rest.call(ApiRequest.of("DELETE", target(file, ""), Effect.ONCE));
    }

    /**
     * Deletes a directory with all below it, whatever access lists say. Sent once. The cluster may go on doing so after
     * the answer.
     *
     * @throws QumuloException with {@link Reason#PRIVILEGE_MISSING} without {@code PRIVILEGE_FS_DELETE_TREE_WRITE}
     */
    public void deleteTree(FileRef directory) throws QumuloException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", directory.text());
        rest.call(ApiRequest.of("POST", "/v1/tree-delete/jobs/", Effect.ONCE, body));
    }

    /** Replaces a file's data. */
    public void write(FileRef file, Content bytes) throws QumuloException {
        rest.call(ApiRequest.of("PUT", target(file, "/data"), Effect.SETS, bytes));
    }

    /**
     * Replaces the data of a file that is still as its ETag says. Sent once.
     *
     * @throws QumuloException with {@link Reason#CHANGED} if it is not
     */
    public void write(FileRef file, Content bytes, String etag) throws QumuloException {
        rest.call(
                ApiRequest.of("PUT", target(file, "/data"), Effect.ONCE, bytes).ifMatch(etag));
    }

    /**
     * Writes a part of a file's data.
     *
     * @param offset in bytes; what lies between it and the old end becomes zeros
     */
    public void writeAt(FileRef file, long offset, Content bytes) throws QumuloException {
        rest.call(ApiRequest.of("PATCH", target(file, "/data"), Effect.SETS, bytes)
                .query("offset", String.valueOf(offset)));
    }

    /**
     * Copies data into a file inside the cluster, as much at once as the cluster likes.
     *
     * @param target another file than the source; what it has beyond what is copied stays
     * @return what is left to copy
     * @throws QumuloException with {@link Reason#CHANGED} if the source is not as the ETag says, if there is one
     */
    public CopyChunk copyChunk(FileRef target, CopyChunk chunk) throws QumuloException {
        ApiRequest request = ApiRequest.of("POST", target(target, "/copy-chunk"), Effect.SETS, chunk.json());
        return rest.call(request).read(request, CopyChunk::rest);
    }

    /**
     * As {@link #copyChunk}, until nothing is left.
     *
     * @throws QumuloException also if it gets no further
     */
    public void copy(FileRef target, CopyChunk all) throws QumuloException {
        CopyChunk left = copyChunk(target, all);
        while (!left.isDone()) {
            CopyChunk next = copyChunk(target, left);
            if (!next.isDone() && next.targetOffset() <= left.targetOffset()) {
                throw new QumuloException(
                        "copy to file='" + target + "': gets no further than byte " + next.targetOffset(),
                        Reason.OTHER,
                        null);
            }
            left = next;
        }
    }

    /** Sets a value of the user metadata, up to 400 KB. */
    public void putMetadata(FileRef file, MetadataType type, String key, byte[] value) throws QumuloException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("value", Base64.getEncoder().encodeToString(value));
        rest.call(ApiRequest.of("PUT", target(file, FileView.metadataTarget(type, key)), Effect.SETS, body));
    }

    /** Takes a value of the user metadata away. Sent once; {@link Reason#NOT_THERE} if there is none. */
    public void deleteMetadata(FileRef file, MetadataType type, String key) throws QumuloException {
        rest.call(ApiRequest.of("DELETE", target(file, FileView.metadataTarget(type, key)), Effect.ONCE));
    }

    private static ObjectNode action(String action, String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("action", action);
    }

    private FileAttributes entry(FileRef directory, ObjectNode body) throws QumuloException {
        return changed(ApiRequest.of("POST", target(directory, "/entries/"), Effect.ONCE, body));
    }

    private FileAttributes changed(ApiRequest request) throws QumuloException {
        ApiAnswer answer = rest.json(request);
        return answer.read(request, json -> FileAttributes.of(json, answer.etag()));
    }

    private static String target(FileRef file, String what) {
        return "/v1/files/" + file.segment() + what;
    }
}
