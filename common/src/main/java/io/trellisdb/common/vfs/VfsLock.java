package io.trellisdb.common.vfs;

/** A lock on a name of a {@link Vfs}; released by closing it or by the end of the process. */
public interface VfsLock extends AutoCloseable {
    @Override
    void close();
}
