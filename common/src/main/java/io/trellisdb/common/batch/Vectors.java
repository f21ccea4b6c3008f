package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole vectors and batches made of a value or of others. */
public final class Vectors {
    private Vectors() {}

    /** {@code rows} times the same boxed value, checked as {@link VectorBuilder#append} does. */
    public static ColumnVector constant(DataType type, @Nullable Object value, int rows) {
        VectorBuilder one = VectorBuilder.of(type, 1);
        one.append(value);
        ColumnVector vector = one.build();
        return rows == 1 ? vector : vector.select(new int[rows], rows);
    }

    /** {@code rows} NULLs. */
    public static ColumnVector nulls(DataType type, int rows) {
        long[] bits = null;
        if (rows > 0) {
            bits = NullBits.create(rows);
            Arrays.fill(bits, -1L);
            if ((rows & 63) != 0) {
                bits[bits.length - 1] = (1L << (rows & 63)) - 1;
            }
        }
        return switch (type.layout()) {
            case INT -> new IntVector(type, new int[rows], bits, rows);
            case LONG -> new LongVector(type, new long[rows], bits, rows);
            case DOUBLE -> new DoubleVector(type, new double[rows], bits, rows);
            case INT128 -> new Int128Vector(type, new long[rows], new long[rows], bits, rows);
            case BYTES -> new BytesVector(type, new byte[0], new int[rows + 1], bits, rows);
            case ARRAY -> new ArrayVector(type, nulls(type.elementType(), 0), new int[rows + 1], bits, rows);
        };
    }

    /** A vector without rows. */
    public static ColumnVector empty(DataType type) {
        return nulls(type, 0);
    }

    /** A batch without rows. */
    public static Batch emptyBatch(List<DataType> types) {
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = empty(types.get(i));
        }
        return new Batch(0, columns);
    }

    /** The rows of all parts in their order; at least one part, all of the first one's layout, typed as the first. */
    public static ColumnVector concat(List<? extends ColumnVector> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int rows = 0;
        for (ColumnVector part : parts) {
            rows = Math.addExact(rows, part.size());
        }
        VectorBuilder builder = VectorBuilder.of(parts.get(0).type(), rows);
        for (ColumnVector part : parts) {
            builder.appendRange(part, 0, part.size());
        }
        return builder.build();
    }

    /** The rows of all parts in their order, together at most {@link Batch#MAX_ROWS}; at least one part. */
    public static Batch concatBatches(List<Batch> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int rows = 0;
        for (Batch part : parts) {
            rows += part.rowCount();
        }
        ColumnVector[] columns = new ColumnVector[parts.get(0).columnCount()];
        for (int i = 0; i < columns.length; i++) {
            List<ColumnVector> vectors = new ArrayList<>(parts.size());
            for (Batch part : parts) {
                vectors.add(part.column(i));
            }
            columns[i] = concat(vectors);
        }
        return new Batch(rows, columns);
    }
}
