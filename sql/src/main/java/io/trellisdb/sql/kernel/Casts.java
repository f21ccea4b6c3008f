package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Conversions between types: exact, checked, rounded half up. Finds the kernel for a pair of types. */
public final class Casts {
    private Casts() {}

    /** Whether there is a conversion between the types. */
    public static boolean isPossible(DataType from, DataType to) {
        return from.kind() == TypeKind.NULL
                || from.equals(to)
                || from.kind() == to.kind() && from.kind() != TypeKind.ARRAY
                || family(from) == family(to) && family(from) != Family.OTHER
                || to.kind().isString()
                || from.kind().isString() && to.kind() != TypeKind.ARRAY
                || isPossibleAcross(from, to);
    }

    private static boolean isPossibleAcross(DataType from, DataType to) {
        if (from.kind() == TypeKind.ARRAY || to.kind() == TypeKind.ARRAY) {
            return from.kind() == to.kind() && isPossible(from.elementType(), to.elementType());
        }
        boolean booleanAndInteger = from.kind() == TypeKind.BOOLEAN && to.kind().isInteger()
                || from.kind().isInteger() && to.kind() == TypeKind.BOOLEAN;
        boolean timeOfMoment = from.kind().isTimestamp() && to.kind() == TypeKind.TIME;
        boolean uuidAndBinary = from.kind() == TypeKind.UUID && to.kind().isBinary()
                || from.kind().isBinary() && to.kind() == TypeKind.UUID;
        return booleanAndInteger || timeOfMoment || uuidAndBinary;
    }

    private enum Family {
        NUMBER,
        STRING,
        BINARY,
        MOMENT,
        OTHER
    }

    private static Family family(DataType type) {
        if (type.kind().isNumeric()) {
            return Family.NUMBER;
        }
        if (type.kind().isString()) {
            return Family.STRING;
        }
        if (type.kind().isBinary()) {
            return Family.BINARY;
        }
        return type.kind() == TypeKind.DATE || type.kind().isTimestamp() ? Family.MOMENT : Family.OTHER;
    }

    /** Converts a whole vector; {@code assignment} refuses to cut strings. */
    public static ColumnVector convert(
            ColumnVector vector, DataType to, boolean assignment, EvaluationContext context) {
        if (vector.type().equals(to)) {
            return vector;
        }
        Operand operand = Operand.of(vector);
        return find(vector.type(), to, assignment, context).apply(new Operand[] {operand}, vector.size());
    }

    /** The values of a numeric vector as DOUBLE. */
    public static DoubleVector toDouble(ColumnVector vector) {
        if (vector instanceof DoubleVector doubles) {
            return doubles;
        }
        Kernel kernel = NumberCasts.find(vector.type(), DataType.DOUBLE);
        if (kernel == null) {
            throw new TrellisException(ErrorCode.TYPE_MISMATCH, "value is not a number: " + vector.type());
        }
        return (DoubleVector) kernel.apply(new Operand[] {Operand.of(vector)}, vector.size());
    }

    static Kernel find(DataType from, DataType to, boolean assignment, EvaluationContext context) {
        Kernel kernel = isPossible(from, to) ? kernel(from, to, assignment, context) : null;
        if (kernel == null) {
            throw new TrellisException(ErrorCode.TYPE_MISMATCH, "there is no cast from " + from + " to " + to);
        }
        return kernel;
    }

    private static @Nullable Kernel kernel(DataType from, DataType to, boolean assignment, EvaluationContext context) {
        if (from.kind() == TypeKind.NULL) {
            return (a, rows) -> Vectors.nulls(to, rows);
        }
        if (from.equals(to)) {
            return (a, rows) -> a[0].dense(rows);
        }
        if (from.kind() == TypeKind.ARRAY && to.kind() == TypeKind.ARRAY) {
            return arrays(from, to, assignment, context);
        }
        if (to.kind().isString()) {
            return toString(from, to, assignment, context);
        }
        if (from.kind().isString()) {
            return TextCasts.find(to, context);
        }
        if (to.kind().isBinary()) {
            return toBinary(from, to, assignment);
        }
        if (to.kind().isNumeric() || to.kind() == TypeKind.BOOLEAN) {
            return NumberCasts.find(from, to);
        }
        if (to.kind() == TypeKind.UUID && from.kind().isBinary()) {
            return Kernels.any(to, (a, row, out) -> out.append(BinaryFunctions.uuid(a[0], row)));
        }
        return TimeCasts.find(from, to, context);
    }

    private static Kernel arrays(DataType from, DataType to, boolean assignment, EvaluationContext context) {
        Kernel elements = find(from.elementType(), to.elementType(), assignment, context);
        return (a, rows) -> {
            ArrayVector array = (ArrayVector) a[0].dense(rows);
            Operand all = Operand.of(array.elements());
            ColumnVector converted =
                    elements.apply(new Operand[] {all}, array.elements().size());
            return new ArrayVector(to, converted, array.offsets(), array.nulls(), rows);
        };
    }

    private static Kernel toString(DataType from, DataType to, boolean assignment, EvaluationContext context) {
        int limit = to.precision();
        if (from.kind().isString()) {
            boolean unchanged = limit == 0 && to.kind() != TypeKind.CHAR
                    || to.kind() == from.kind() && from.precision() > 0 && from.precision() <= limit;
            if (unchanged) {
                return (a, rows) -> a[0].dense(rows).as(to);
            }
            return Kernels.bytes(
                    to, (a, row, out) -> appendCut(to, a[0].bytes(), a[0].start(row), a[0].end(row), assignment, out));
        }
        Text text = Text.of(from, context);
        return Kernels.bytes(to, (a, row, out) -> {
            byte[] bytes = Utf8.encode(text.at(a[0], row));
            // the text of a number means something else when it is cut
            appendCut(to, bytes, 0, bytes.length, true, out);
        });
    }

    private static void appendCut(DataType to, byte[] bytes, int start, int end, boolean strict, Kernels.BytesOut out) {
        int limit = to.precision();
        if (limit == 0 || end - start <= limit) {
            out.append(bytes, start, end - start);
            return;
        }
        int cut = StringFunctions.skip(bytes, start, end, limit);
        for (int i = cut; strict && i < end; i++) {
            if (bytes[i] != ' ') {
                throw new TrellisException(
                        ErrorCode.STRING_TOO_LONG,
                        "value is too long for " + to + ": " + Utf8.codePoints(bytes, start, end) + " characters");
            }
        }
        out.append(bytes, start, cut - start);
    }

    private static @Nullable Kernel toBinary(DataType from, DataType to, boolean assignment) {
        int limit = to.precision();
        boolean fixed = to.kind() == TypeKind.BINARY;
        if (from.kind() == TypeKind.UUID) {
            return Kernels.bytes(
                    to,
                    (a, row, out) ->
                            appendBinary(to, BinaryFunctions.bytes(a[0].high(row), a[0].low(row)), assignment, out));
        }
        if (limit == 0) {
            return (a, rows) -> a[0].dense(rows).as(to);
        }
        return Kernels.bytes(to, (a, row, out) -> {
            int length = a[0].length(row);
            if (length == limit || length < limit && !fixed) {
                out.append(a[0].bytes(), a[0].start(row), length);
            } else {
                byte[] value = Arrays.copyOfRange(a[0].bytes(), a[0].start(row), a[0].end(row));
                appendBinary(to, value, assignment, out);
            }
        });
    }

    static void appendBinary(DataType to, byte[] value, boolean assignment, Kernels.BytesOut out) {
        int limit = to.precision();
        if (limit > 0 && value.length > limit && assignment) {
            throw new TrellisException(
                    ErrorCode.STRING_TOO_LONG, "value is too long for " + to + ": " + value.length + " bytes");
        }
        int length = limit > 0 ? Math.min(limit, value.length) : value.length;
        // BINARY(n) is filled up with zeros
        boolean filled = to.kind() == TypeKind.BINARY && length < limit;
        out.append(filled ? Arrays.copyOf(value, limit) : value, 0, filled ? limit : length);
    }
}
