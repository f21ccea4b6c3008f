package io.trellisdb.storage.block;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.Layout;

/** Numbers that writer and reader of blocks share; the package documentation draws them. */
final class BlockFormat {
    static final int VERSION = 1;

    static final int FORM_COLUMNS = 1;
    static final int FORM_COMPACT = 2;

    /** Below this the compact form is tried. */
    static final int COMPACT_ROWS = 64;

    static final int ROWS_AT = 2;
    static final int COLUMNS_AT = 4;
    static final int HEADER_LENGTH_AT = 8;
    static final int BLOCK_LENGTH_AT = 12;
    static final int FIRST_AT = 16;
    static final int LAST_AT = 24;
    static final int FIXED_LENGTH = 32;

    /** Directory entry: column id, where the column's header begins, where its body begins, the body's length, its CRC. */
    static final int ENTRY_LENGTH = 20;

    static final int MAX_ROWS = Batch.MAX_ROWS;
    static final int MAX_COLUMNS = 1024;

    /** The most elements of an array column's rows together. */
    static final int MAX_ELEMENTS = 1 << 21;

    /** The most bytes of a string or binary column, decoded: eight rows of the largest size. */
    static final int MAX_COLUMN_BYTES = 64 * 1024 * 1024;

    static final int NO_NULLS = 0;
    static final int SOME_NULLS = 1;
    static final int ALL_NULLS = 2;

    private BlockFormat() {}

    static int code(Layout layout) {
        return switch (layout) {
            case INT -> 0;
            case LONG -> 1;
            case DOUBLE -> 2;
            case INT128 -> 3;
            case BYTES -> 4;
            case ARRAY -> 5;
        };
    }

    static int aligned(int length) {
        return length + 7 & ~7;
    }
}
