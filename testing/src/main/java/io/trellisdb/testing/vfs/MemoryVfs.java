package io.trellisdb.testing.vfs;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.common.vfs.VfsLock;
import io.trellisdb.common.vfs.VfsNames;
import io.trellisdb.testing.vfs.FaultPlan.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A simulated disk; {@link #crash} takes its power away. See the package documentation. */
public final class MemoryVfs implements Vfs {
    private final Set<String> directories = new TreeSet<>(Set.of(""));
    private final Map<String, MemoryInode> names = new TreeMap<>();
    private final Map<String, MemoryInode> durableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private final Map<String, Integer> locks = new HashMap<>();
    private FaultPlan faults = FaultPlan.none();
    private long capacity = Long.MAX_VALUE;
    private int powerCycle;

    /** {@code from} loses its name; {@code to}, where given, gets the file. */
    private record NameChange(
            String directory,
            @Nullable String from,
            @Nullable String to,
            @Nullable MemoryInode inode) {
        void apply(Map<String, MemoryInode> target) {
            if (from != null) {
                target.remove(from);
            }
            if (to != null && inode != null) {
                target.put(to, inode);
            }
        }
    }

    /** Decides from now on which operations fail. */
    public synchronized void setFaults(FaultPlan plan) {
        faults = plan;
    }

    /** Bytes of all files together beyond which writes fail with DISK_FULL. */
    public synchronized void setCapacity(long bytes) {
        capacity = bytes;
    }

    /**
     * Takes the power away: open files and locks are gone, names and bytes that were not forced survive in part, decided by
     * the seed. Faults and capacity stay as they are.
     */
    public synchronized void crash(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        powerCycle++;
        locks.clear();
        surviveNames(random);
        names.clear();
        names.putAll(durableNames);
        for (MemoryInode inode : names.values()) {
            inode.crash(random);
        }
    }

    /**
     * Ends the process that uses this disk, which keeps its power: open files and locks are gone, names and bytes stay as they
     * were seen, and those that were not forced may still be lost in a later {@link #crash}.
     */
    public synchronized void kill() {
        powerCycle++;
        locks.clear();
    }

    /** A directory's changes of names reach the disk in their order, up to some moment. */
    private void surviveNames(SplittableRandom random) {
        for (String directory : directories) {
            List<NameChange> changes = unforced.stream()
                    .filter(c -> c.directory().equals(directory))
                    .toList();
            int surviving = random.nextInt(changes.size() + 1);
            changes.subList(0, surviving).forEach(change -> change.apply(durableNames));
        }
        unforced.clear();
    }

    /** Damages a file where it lies on the disk: as seen by programs and, if it was forced, also after a crash. */
    public synchronized void flipBit(String name, long position, int bit) {
        existing(name).flipBit(position, bit);
    }

    @Override
    public synchronized VfsFile create(String name) {
        VfsNames.checkFile(name);
        fail(Operation.CREATE, name);
        String directory = VfsNames.directoryOf(name);
        if (!directories.contains(directory)) {
            throw error("no such file", name);
        }
        if (names.containsKey(name) || directories.contains(name)) {
            throw error("file exists", name);
        }
        MemoryInode inode = new MemoryInode();
        names.put(name, inode);
        unforced.add(new NameChange(directory, null, name, inode));
        return new MemoryFile(this, name, inode, true, powerCycle);
    }

    @Override
    public synchronized VfsFile open(String name) {
        return new MemoryFile(this, name, existing(name), true, powerCycle);
    }

    @Override
    public synchronized VfsFile openReadOnly(String name) {
        return new MemoryFile(this, name, existing(name), false, powerCycle);
    }

    private MemoryInode existing(String name) {
        MemoryInode inode = names.get(VfsNames.checkFile(name));
        if (inode == null) {
            throw error("no such file", name);
        }
        return inode;
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(VfsNames.checkFile(name));
    }

    @Override
    public synchronized List<String> list(String directory) {
        VfsNames.checkDirectory(directory);
        return names.keySet().stream()
                .filter(name -> VfsNames.directoryOf(name).equals(directory))
                .map(VfsNames::lastPart)
                .sorted()
                .toList();
    }

    @Override
    public synchronized void createDirectories(String directory) {
        String rest = VfsNames.checkDirectory(directory);
        Set<String> missing = new HashSet<>();
        while (!directories.contains(rest)) {
            if (names.containsKey(rest)) {
                throw error("file exists", rest);
            }
            missing.add(rest);
            rest = VfsNames.directoryOf(rest);
        }
        directories.addAll(missing);
    }

    @Override
    public synchronized boolean delete(String name) {
        VfsNames.checkFile(name);
        fail(Operation.DELETE, name);
        if (names.remove(name) == null) {
            return false;
        }
        unforced.add(new NameChange(VfsNames.directoryOf(name), name, null, null));
        return true;
    }

    @Override
    public synchronized void rename(String from, String to) {
        VfsNames.checkRename(from, to);
        fail(Operation.RENAME, from);
        MemoryInode inode = existing(from);
        names.remove(from);
        names.put(to, inode);
        unforced.add(new NameChange(VfsNames.directoryOf(from), from, to, inode));
    }

    @Override
    public synchronized void forceDirectory(String directory) {
        VfsNames.checkDirectory(directory);
        fail(Operation.FORCE_DIRECTORY, directory);
        if (!directories.contains(directory)) {
            throw error("no such file", directory);
        }
        for (NameChange change : unforced) {
            if (change.directory().equals(directory)) {
                change.apply(durableNames);
            }
        }
        unforced.removeIf(change -> change.directory().equals(directory));
    }

    @Override
    public synchronized Optional<VfsLock> tryLock(String name) {
        VfsNames.checkFile(name);
        if (locks.putIfAbsent(name, powerCycle) != null) {
            return Optional.empty();
        }
        int cycle = powerCycle;
        return Optional.of(() -> unlock(name, cycle));
    }

    private synchronized void unlock(String name, int cycle) {
        locks.remove(name, cycle);
    }

    @Override
    public synchronized long freeBytes() {
        return Math.max(0, capacity - usedBytes());
    }

    private long usedBytes() {
        return names.values().stream().mapToLong(MemoryInode::size).sum();
    }

    int powerCycle() {
        return powerCycle;
    }

    boolean isFullAfter(long growth) {
        return growth > 0 && growth > capacity - usedBytes();
    }

    /** The planned fault of a write, which may be half done; of anything else see {@link #fail}. */
    @Nullable
    Fault nextFault(Operation operation, String name) {
        return faults.next(operation, name);
    }

    void fail(Operation operation, String name) {
        Fault fault = nextFault(operation, name);
        if (fault != null) {
            throw planned(fault, operation, name);
        }
    }

    static TrellisException planned(Fault fault, Operation operation, String name) {
        ErrorCode code = fault == Fault.IO_ERROR ? ErrorCode.IO_ERROR : ErrorCode.DISK_FULL;
        return new TrellisException(code, "planned fault of the simulated disk: " + operation + " of " + name);
    }

    static TrellisException error(String what, String name) {
        return new TrellisException(ErrorCode.IO_ERROR, what + ": " + name);
    }
}
