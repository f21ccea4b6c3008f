package io.trellisdb.testing.vfs;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.testing.vfs.FaultPlan.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An open file of a {@link MemoryVfs}; dead after a crash. */
final class MemoryFile implements VfsFile {
    private final MemoryVfs vfs;
    private final String name;
    private final MemoryInode inode;
    private final boolean isWritable;
    private final int powerCycle;
    private boolean isClosed;

    MemoryFile(MemoryVfs vfs, String name, MemoryInode inode, boolean isWritable, int powerCycle) {
        this.vfs = vfs;
        this.name = name;
        this.inode = inode;
        this.isWritable = isWritable;
        this.powerCycle = powerCycle;
    }

    @Override
    public String name() {
        return name;
    }

    private void check(boolean writes) {
        if (isClosed || powerCycle != vfs.powerCycle()) {
            throw MemoryVfs.error("file is closed", name);
        }
        if (writes && !isWritable) {
            throw new IllegalStateException("file is open to read only: " + name);
        }
    }

    @Override
    public long size() {
        synchronized (vfs) {
            check(false);
            return inode.size();
        }
    }

    @Override
    public int read(ByteBuffer target, long position) {
        synchronized (vfs) {
            check(false);
            vfs.fail(Operation.READ, name);
            byte[] bytes = new byte[(int) Math.min(target.remaining(), Math.max(0, inode.size() - position))];
            int count = inode.read(bytes, 0, bytes.length, position);
            target.put(bytes, 0, count);
            return count;
        }
    }

    @Override
    public void write(ByteBuffer source, long position) {
        synchronized (vfs) {
            check(true);
            byte[] bytes = new byte[source.remaining()];
            Fault fault = vfs.nextFault(Operation.WRITE, name);
            if (fault == Fault.HALF_WRITTEN) {
                source.duplicate().get(bytes);
                inode.write(Arrays.copyOf(bytes, bytes.length / 2), position);
            }
            if (fault != null) {
                throw MemoryVfs.planned(fault, Operation.WRITE, name);
            }
            if (bytes.length > 0 && vfs.isFullAfter(position + bytes.length - inode.size())) {
                throw new TrellisException(ErrorCode.DISK_FULL, "simulated disk is full: " + name);
            }
            source.get(bytes);
            inode.write(bytes, position);
        }
    }

    @Override
    public void truncate(long size) {
        synchronized (vfs) {
            check(true);
            vfs.fail(Operation.TRUNCATE, name);
            inode.truncate(size);
        }
    }

    @Override
    public void force() {
        synchronized (vfs) {
            check(false);
            Fault fault = vfs.nextFault(Operation.FORCE, name);
            if (fault != null) {
                inode.failForce();
                throw MemoryVfs.planned(fault, Operation.FORCE, name);
            }
            inode.force();
        }
    }

    @Override
    public void close() {
        synchronized (vfs) {
            isClosed = true;
        }
    }
}
