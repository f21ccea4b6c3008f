package io.trellisdb.common.vfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A {@link FileChannel} behind {@link VfsFile}. */
final class DiskFile implements VfsFile {
    /** The JDK copies heap buffers through a direct one per thread, as large as the largest piece ever moved. */
    private static final int MAX_PIECE = 1024 * 1024;

    private final String name;
    private final Path path;
    private final FileChannel channel;

    DiskFile(String name, Path path, FileChannel channel) {
        this.name = name;
        this.path = path;
        this.channel = channel;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw DiskErrors.translate("cannot read size of file", path, e);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) {
        int limit = target.limit();
        int total = 0;
        try {
            while (target.hasRemaining()) {
                target.limit(Math.min(limit, target.position() + MAX_PIECE));
                int count = channel.read(target, position + total);
                target.limit(limit);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        } catch (IOException e) {
            throw DiskErrors.translate("cannot read file", path, e);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void write(ByteBuffer source, long position) {
        int limit = source.limit();
        long at = position;
        try {
            while (source.position() < limit) {
                source.limit(Math.min(limit, source.position() + MAX_PIECE));
                at += channel.write(source, at);
            }
        } catch (IOException e) {
            throw DiskErrors.translate("cannot write file", path, e);
        } finally {
            source.limit(limit);
        }
    }

    @Override
    public void truncate(long size) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot truncate file", path, e);
        }
    }

    /** Without metadata that reading does not need (fdatasync): a new size is part of what it makes durable. */
    @Override
    public void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot force file", path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DiskErrors.translate("cannot close file", path, e);
        }
    }
}
