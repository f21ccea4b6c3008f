package io.trellisdb.storage.keyspace;

/** What a keyspace holds; codes and labels are part of what is on disk. */
public enum KeyspaceKind {
    /** Rows of collections by container and row key. */
    ROWS(0, "rows"),
    /** Index entries. */
    INDEXES(1, "indexes"),
    /** Descriptors, positions, counters and results. */
    STATE(2, "state"),
    /** Blocks of time series by container, series key and first timestamp. */
    BLOCKS(3, "blocks"),
    /** What changed in a block since it was written, under its key. */
    OVERLAYS(4, "overlays");

    private static final KeyspaceKind[] BY_CODE = values();

    private final int code;
    private final String label;

    KeyspaceKind(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** How many kinds there are; codes are below it. */
    public static int count() {
        return BY_CODE.length;
    }

    public static KeyspaceKind ofCode(int code) {
        return BY_CODE[code];
    }

    public int code() {
        return code;
    }

    public String label() {
        return label;
    }
}
