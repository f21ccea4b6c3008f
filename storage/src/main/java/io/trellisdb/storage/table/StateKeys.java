package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteWriter;

/**
 * Keys of a partition's STATE keyspace. Numbers are big-endian.
 *
 * <pre>
 * 1                                  the position ({@link Position})
 * 2 · container (8)                  slots, index states and floor ({@link ContainerRecord})
 * 3 · container (8) · version (4)    a descriptor
 * 4 · container (8) · column (4)     a counter: its first value that is not reserved (8)
 * 5 · slot (4)                       rows of a container (8)
 * 6 · session (8)                    a session and its small results ({@link SessionRecord})
 * 7 · session (8) · sequence (8)     a large result
 * 8 · slot (4)                       a slot that nobody uses any more: its keyspace kind (1)
 * 9                                  the next unused slot (4)
 * 10                                 an image that is being installed ({@link InstallRecord}): nothing else counts
 * 11                                 where the log begins ({@link LogBeginning})
 * </pre>
 */
final class StateKeys {
    static final byte CONTAINER = 2;
    static final byte DESCRIPTOR = 3;
    static final byte COUNTER = 4;
    static final byte SESSION = 6;
    static final byte GARBAGE = 8;

    private static final byte POSITION = 1;
    private static final byte ROW_COUNT = 5;
    private static final byte RESULT = 7;
    private static final byte NEXT_SLOT = 9;
    private static final byte INSTALL = 10;
    private static final byte LOG_BEGINNING = 11;

    private StateKeys() {}

    static byte[] position() {
        return new byte[] {POSITION};
    }

    /** What the keys of all descriptors begin with of the container of a {@link #container} key. */
    static byte[] descriptorsOf(byte[] container) {
        byte[] prefix = container.clone();
        prefix[0] = DESCRIPTOR;
        return prefix;
    }

    /** The key, or, of a container or its descriptors, the last key before those that follow. */
    static byte[] behindDescriptors(byte[] key) {
        return key.length == 0 || key[0] <= DESCRIPTOR ? new byte[] {DESCRIPTOR, -1} : key;
    }

    static byte[] install() {
        return new byte[] {INSTALL};
    }

    static boolean isInstall(byte[] key) {
        return key[0] == INSTALL;
    }

    static byte[] logBeginning() {
        return new byte[] {LOG_BEGINNING};
    }

    /** Whether the record is about this replica's own copy, so that it does not belong into an image. */
    static boolean isOwn(byte[] key) {
        return switch (key[0]) {
            case POSITION, ROW_COUNT, INSTALL, LOG_BEGINNING -> true;
            default -> false;
        };
    }

    static byte[] nextSlot() {
        return new byte[] {NEXT_SLOT};
    }

    static byte[] container(long containerId) {
        return ofLong(CONTAINER, containerId);
    }

    static byte[] descriptor(long containerId, int version) {
        return ofLongInt(DESCRIPTOR, containerId, version);
    }

    static byte[] counter(long containerId, int columnId) {
        return ofLongInt(COUNTER, containerId, columnId);
    }

    static byte[] rowCount(int slot) {
        return ofInt(ROW_COUNT, slot);
    }

    static byte[] session(long session) {
        return ofLong(SESSION, session);
    }

    static byte[] result(long session, long sequence) {
        ByteWriter out = new ByteWriter(17);
        out.writeByte(RESULT);
        out.writeLong(session);
        out.writeLong(sequence);
        return out.array();
    }

    static byte[] garbage(int slot) {
        return ofInt(GARBAGE, slot);
    }

    /** The first key of a kind. */
    static byte[] first(byte kind) {
        return new byte[] {kind};
    }

    static boolean isOf(byte kind, byte[] key) {
        return key[0] == kind;
    }

    private static byte[] ofInt(byte kind, int number) {
        ByteWriter out = new ByteWriter(5);
        out.writeByte(kind);
        out.writeInt(number);
        return out.array();
    }

    private static byte[] ofLong(byte kind, long number) {
        ByteWriter out = new ByteWriter(9);
        out.writeByte(kind);
        out.writeLong(number);
        return out.array();
    }

    private static byte[] ofLongInt(byte kind, long number, int second) {
        ByteWriter out = new ByteWriter(13);
        out.writeByte(kind);
        out.writeLong(number);
        out.writeInt(second);
        return out.array();
    }
}
