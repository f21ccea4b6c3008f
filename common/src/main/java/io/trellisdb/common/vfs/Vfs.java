package io.trellisdb.common.vfs;

import java.util.List;
import java.util.Optional;

/** A directory tree; the package documentation says what survives a power loss. */
public interface Vfs {
    /** Creates an empty file in an existing directory and opens it to read and write; fails if the name is taken. */
    VfsFile create(String name);

    /** Opens an existing file to read and write. */
    VfsFile open(String name);

    /** Opens an existing file to read. */
    VfsFile openReadOnly(String name);

    /** Whether there is a file of this name; a directory is none. */
    boolean exists(String name);

    /** The names, without their directory, of the files in a directory, sorted; empty when there is no such directory. */
    List<String> list(String directory);

    /** Creates a directory and those above it where missing; durable when it returns. */
    void createDirectories(String directory);

    /** Deletes a file and says whether there was one. Open files stay readable. */
    boolean delete(String name);

    /** Gives a file another name in the same directory in one step, taking the place of a file that had it. */
    void rename(String from, String to);

    /** Makes the names in a directory durable; an empty name is the tree's root. */
    void forceDirectory(String directory);

    /** Takes a lock that other processes, and other callers of this one, see; empty when it is taken. */
    Optional<VfsLock> tryLock(String name);

    /** Bytes that may still be written, about. */
    long freeBytes();
}
