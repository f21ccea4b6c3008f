package io.trellisdb.common.codec;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.List;

/**
 * Where the columns of one schema version lie in a stored row; {@link RowCodec} draws the form. Immutable.
 */
public final class RowLayout {
    /** Leaves a bit of the header to {@link RowCodec}. */
    public static final int MAX_SCHEMA_VERSION = Integer.MAX_VALUE >> 1;

    private static final int VARIABLE = -1;

    private final int schemaVersion;
    private final List<LayoutColumn> columns;
    private final int headerSize;
    private final int bitmapSize;
    private final int fixedSize;
    private final int variableCount;
    private final boolean hasArrays;
    /** Per column: bytes from the start of the row for fixed-width ones, {@link #VARIABLE} otherwise. */
    private final int[] fixedOffsets;
    /** Per column: its number among the variable ones. */
    private final int[] variableIndexes;

    /** A column of a stored row by its catalog id. */
    public record LayoutColumn(int columnId, DataType type) {}

    private RowLayout(int schemaVersion, List<LayoutColumn> columns) {
        if (schemaVersion < 0 || schemaVersion > MAX_SCHEMA_VERSION) {
            throw new IllegalArgumentException("schema version is out of range: " + schemaVersion);
        }
        this.schemaVersion = schemaVersion;
        this.columns = List.copyOf(columns);
        this.headerSize = varIntSize(schemaVersion << 1);
        this.bitmapSize = columns.size() + 7 >> 3;
        this.fixedOffsets = new int[columns.size()];
        this.variableIndexes = new int[columns.size()];
        int offset = headerSize + bitmapSize;
        int variables = 0;
        for (int i = 0; i < fixedOffsets.length; i++) {
            int width = width(columns.get(i).type());
            if (width == VARIABLE) {
                fixedOffsets[i] = VARIABLE;
                variableIndexes[i] = variables++;
            } else {
                fixedOffsets[i] = offset;
                offset += width;
            }
        }
        this.fixedSize = offset;
        this.variableCount = variables;
        this.hasArrays = columns.stream().anyMatch(column -> column.type().layout() == Layout.ARRAY);
    }

    /** The layout of these columns in this order; a schema version is 0 to {@link #MAX_SCHEMA_VERSION}. */
    public static RowLayout of(int schemaVersion, List<LayoutColumn> columns) {
        return new RowLayout(schemaVersion, columns);
    }

    private static int varIntSize(int value) {
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
    }

    private static int width(DataType type) {
        return switch (type.kind()) {
            case NULL -> 0;
            case BOOLEAN, TINYINT -> Byte.BYTES;
            case SMALLINT -> Short.BYTES;
            case INTEGER, DATE, REAL -> Integer.BYTES;
            default ->
                type.layout() == Layout.INT128
                        ? 2 * Long.BYTES
                        : type.layout() == Layout.BYTES || type.layout() == Layout.ARRAY ? VARIABLE : Long.BYTES;
        };
    }

    public int schemaVersion() {
        return schemaVersion;
    }

    public List<LayoutColumn> columns() {
        return columns;
    }

    public int columnCount() {
        return fixedOffsets.length;
    }

    /** The place of a column by its catalog id, or -1 when this version does not have it. */
    public int indexOf(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).columnId() == columnId) {
                return i;
            }
        }
        return -1;
    }

    int headerSize() {
        return headerSize;
    }

    int bitmapSize() {
        return bitmapSize;
    }

    /** Bytes before the offset table. */
    int fixedSize() {
        return fixedSize;
    }

    int variableCount() {
        return variableCount;
    }

    boolean hasArrays() {
        return hasArrays;
    }

    boolean isVariable(int index) {
        return fixedOffsets[index] == VARIABLE;
    }

    int fixedOffset(int index) {
        return fixedOffsets[index];
    }

    int variableIndex(int index) {
        return variableIndexes[index];
    }

    DataType type(int index) {
        return columns.get(index).type();
    }
}
