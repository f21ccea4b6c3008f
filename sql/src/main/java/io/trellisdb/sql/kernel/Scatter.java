package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the results of branches, each evaluated on its own rows, together into one column. Rows not written are NULL. */
final class Scatter {
    private final DataType type;
    private final int rowCount;
    private final List<Operand> pieces = new ArrayList<>();
    private final int[] pieceOfRow;
    private final int[] positionOfRow;

    Scatter(DataType type, int rowCount) {
        this.type = type;
        this.rowCount = rowCount;
        this.pieceOfRow = new int[rowCount];
        this.positionOfRow = new int[rowCount];
    }

    /** The k-th value of {@code piece} belongs to row {@code rows[k]}. */
    void put(Operand piece, int[] rows, int count) {
        pieces.add(piece);
        int number = pieces.size();
        for (int k = 0; k < count; k++) {
            pieceOfRow[rows[k]] = number;
            positionOfRow[rows[k]] = k;
        }
    }

    ColumnVector build() {
        return switch (type.layout()) {
            case INT -> buildInts();
            case LONG -> buildLongs();
            case DOUBLE -> buildDoubles();
            default -> buildAny();
        };
    }

    private @Nullable Operand pieceAt(int row) {
        int piece = pieceOfRow[row];
        if (piece == 0) {
            return null;
        }
        Operand operand = pieces.get(piece - 1);
        return operand.isNull(positionOfRow[row]) ? null : operand;
    }

    private ColumnVector buildInts() {
        int[] out = new int[rowCount];
        long[] nulls = null;
        for (int row = 0; row < rowCount; row++) {
            Operand piece = pieceAt(row);
            if (piece == null) {
                nulls = setNull(nulls, row);
            } else {
                out[row] = (int) piece.integer(positionOfRow[row]);
            }
        }
        return new IntVector(type, out, nulls, rowCount);
    }

    private ColumnVector buildLongs() {
        long[] out = new long[rowCount];
        long[] nulls = null;
        for (int row = 0; row < rowCount; row++) {
            Operand piece = pieceAt(row);
            if (piece == null) {
                nulls = setNull(nulls, row);
            } else {
                out[row] = piece.integer(positionOfRow[row]);
            }
        }
        return new LongVector(type, out, nulls, rowCount);
    }

    private ColumnVector buildDoubles() {
        double[] out = new double[rowCount];
        long[] nulls = null;
        for (int row = 0; row < rowCount; row++) {
            Operand piece = pieceAt(row);
            if (piece == null) {
                nulls = setNull(nulls, row);
            } else {
                out[row] = piece.real(positionOfRow[row]);
            }
        }
        return new DoubleVector(type, out, nulls, rowCount);
    }

    private ColumnVector buildAny() {
        VectorBuilder out = VectorBuilder.of(type, rowCount);
        long total = 0;
        for (int row = 0; row < rowCount; row++) {
            Operand piece = pieceAt(row);
            if (piece == null) {
                out.appendNull();
            } else {
                if (type.layout() == Layout.BYTES) {
                    total += piece.length(positionOfRow[row]);
                    Limits.checkVector(total);
                }
                out.appendFrom(piece.vector(), piece.index(positionOfRow[row]));
            }
        }
        return out.build();
    }

    private long[] setNull(long @Nullable [] nulls, int row) {
        long[] bits = nulls == null ? NullBits.create(rowCount) : nulls;
        NullBits.set(bits, row);
        return bits;
    }
}
