package io.trellisdb.common.vfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An operating system's file lock, held as long as its channel is open. */
final class DiskLock implements VfsLock {
    /**
     * The locks of this process. State of the whole process, because POSIX locks are: closing any other channel of the same
     * file, as a second attempt would have to, silently gives the lock up.
     */
    private static final Map<Path, DiskLock> HELD = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;

    private DiskLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the lock on a file whose path has no symbolic links, creating it where missing. */
    static Optional<VfsLock> tryLock(Path path) throws IOException {
        synchronized (HELD) {
            if (HELD.containsKey(path)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            DiskLock lock = new DiskLock(path, channel);
            try {
                if (channel.tryLock() == null) {
                    channel.close();
                    return Optional.empty();
                }
            } catch (OverlappingFileLockException e) {
                // held by this process under another path: the channel stays open, or that lock would be given up
                HELD.put(path, lock);
                return Optional.empty();
            }
            HELD.put(path, lock);
            return Optional.of(lock);
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (!HELD.remove(path, this)) {
                return;
            }
            try {
                channel.close();
            } catch (IOException e) {
                throw DiskErrors.translate("cannot release lock", path, e);
            }
        }
    }
}
