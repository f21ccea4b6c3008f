package io.trellisdb.common.vfs;

/** The rules of names, for implementations. */
public final class VfsNames {
    private VfsNames() {}

    /** Returns a name that is valid for a file; {@link IllegalArgumentException} otherwise. */
    public static String checkFile(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("invalid file name: " + name);
            }
        }
        return name;
    }

    /** Returns a name that is valid for a directory: empty for the root, else as for a file. */
    public static String checkDirectory(String name) {
        return name.isEmpty() ? name : checkFile(name);
    }

    /** The directory of a file or directory; empty for the root. */
    public static String directoryOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    /** The last part of a name. */
    public static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Checks the names of a rename, which stays in its directory. */
    public static void checkRename(String from, String to) {
        checkFile(from);
        checkFile(to);
        if (!directoryOf(from).equals(directoryOf(to))) {
            throw new IllegalArgumentException("rename to another directory: " + from + " to " + to);
        }
    }
}
