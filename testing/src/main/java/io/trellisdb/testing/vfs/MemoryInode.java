package io.trellisdb.testing.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A file's bytes: what programs see, what the disk surely has, and the changes in between. Guarded by the file system. */
final class MemoryInode {
    private static final int SECTOR = 4096;

    private byte[] content = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final List<Change> unforced = new ArrayList<>();

    /** A write, or a truncation to {@code position} when {@code bytes} is empty; {@code size} is the file's afterwards. */
    private record Change(int position, byte[] bytes, int size) {}

    int size() {
        return size;
    }

    int read(byte[] target, int offset, int length, long position) {
        if (position >= size) {
            return 0;
        }
        int count = Math.min(length, size - (int) position);
        System.arraycopy(content, (int) position, target, offset, count);
        return count;
    }

    void write(byte[] bytes, long position) {
        if (bytes.length == 0) {
            return;
        }
        int end = Math.toIntExact(position + bytes.length);
        reserve(end);
        System.arraycopy(bytes, 0, content, (int) position, bytes.length);
        size = Math.max(size, end);
        unforced.add(new Change((int) position, bytes, size));
    }

    private void reserve(int length) {
        if (length > content.length) {
            content = Arrays.copyOf(content, Math.max(length, content.length * 2));
        }
    }

    void truncate(long newSize) {
        if (newSize < size) {
            Arrays.fill(content, (int) newSize, size, (byte) 0);
            size = (int) newSize;
            unforced.add(new Change(size, new byte[0], size));
        }
    }

    /** Applies the changes one by one instead of copying what is visible: that may hold what a failed force has lost. */
    void force() {
        for (Change change : unforced) {
            if (change.size() > durable.length) {
                durable = Arrays.copyOf(durable, Math.max(change.size(), durable.length * 2));
            }
            if (change.bytes().length == 0) {
                Arrays.fill(durable, change.position(), Math.max(durableSize, change.position()), (byte) 0);
            } else {
                System.arraycopy(change.bytes(), 0, durable, change.position(), change.bytes().length);
            }
            durableSize = change.size();
        }
        unforced.clear();
    }

    /** What was not forced stays visible but has no more chance to survive, however often it is forced again. */
    void failForce() {
        unforced.clear();
    }

    void flipBit(long position, int bit) {
        content[(int) position] ^= (byte) (1 << bit);
        if (position < durableSize) {
            durable[(int) position] ^= (byte) (1 << bit);
        }
    }

    /** Becomes what the disk has after a power loss: per sector a random moment since the last force, sometimes torn. */
    void crash(RandomGenerator random) {
        int moment = random.nextInt(unforced.size() + 1);
        int survivingSize = moment == 0 ? durableSize : unforced.get(moment - 1).size();
        byte[] surviving = new byte[survivingSize];
        for (int start = 0; start < survivingSize; start += SECTOR) {
            int end = Math.min(start + SECTOR, survivingSize);
            int tear = random.nextInt(4) == 0 ? random.nextInt(start, end) : end;
            copyVersion(surviving, start, tear, random.nextInt(unforced.size() + 1));
            copyVersion(surviving, tear, end, random.nextInt(unforced.size() + 1));
        }
        content = surviving;
        size = survivingSize;
        durable = surviving.clone();
        durableSize = survivingSize;
        unforced.clear();
    }

    /** Sets {@code target[from..to)} to what these bytes were after the first {@code changes} unforced changes. */
    private void copyVersion(byte[] target, int from, int to, int changes) {
        if (from < durableSize) {
            System.arraycopy(durable, from, target, from, Math.min(to, durableSize) - from);
        }
        for (Change change : unforced.subList(0, changes)) {
            if (change.bytes().length == 0) {
                int start = Math.max(from, change.position());
                if (start < to) {
                    Arrays.fill(target, start, to, (byte) 0);
                }
            } else {
                int start = Math.max(from, change.position());
                int end = Math.min(to, change.position() + change.bytes().length);
                if (start < end) {
                    System.arraycopy(change.bytes(), start - change.position(), target, start, end - start);
                }
            }
        }
    }
}
