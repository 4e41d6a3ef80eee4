package io.weir.qumulo.emulator.tree;

import java.util.List;

/** A file by id or by absolute path. */
public sealed interface FileRef {
    record ById(long id) implements FileRef {
        @Override
        public String toString() {
            return String.valueOf(id);
        }
    }

    /**
     * By path.
     *
     * @param names from the root downwards; none for the root itself
     */
    record ByPath(List<String> names) implements FileRef {
        @Override
        public String toString() {
            return "/" + String.join("/", names);
        }
    }

    static FileRef id(long id) {
        return new ById(id);
    }

    /**
     * Digits are an id, all else has to be an absolute path; slashes at its end do not matter.
     *
     * @throws FileSystemException if it is neither
     */
    static FileRef of(String text) {
        if (!text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new ById(Long.parseLong(text));
        }
        if (!text.startsWith("/")) {
            throw FsError.NO_SUCH_ENTRY.of(text);
        }
        String[] parts = text.split("/", -1);
        int end = parts.length;
        while (end > 1 && parts[end - 1].isEmpty()) {
            end--;
        }
        return new ByPath(List.of(parts).subList(1, end));
    }
}
