package io.weir.worker.qumulo;

import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.files.Sha256;
import java.io.IOException;
import java.io.InputStream;

/** The hash of a file's content, for which all of it comes over the network. */
final class ClusterDigest {
    private ClusterDigest() {}

    /** SHA-256 in hexadecimal. */
    static String of(ClusterTree tree, String path, FileAttributes file) throws IOException, InterruptedException {
        try (InputStream data = tree.files().data(file.ref())) {
            return Sha256.of(data);
        } catch (QumuloException e) {
            throw ClusterErrors.of(e, "read", path);
        }
    }
}
