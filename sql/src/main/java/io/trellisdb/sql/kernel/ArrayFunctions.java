package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.ArrayVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import org.jspecify.annotations.Nullable;

/** Arrays: their constructor, elements and searches. Elements count from 1. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static void register(Functions.Registry registry) {
        registry.add("ARRAY", "ANY*", Result.ARRAY_OF_COMMON, ArrayFunctions::constructor);
        registry.add("CARDINALITY", "ARRAY", Result.INTEGER, ArrayFunctions::cardinality);
        registry.add("ARRAY_LENGTH", "ARRAY INTEGER?", Result.INTEGER, ArrayFunctions::cardinality);
        registry.add("ITEM", "ARRAY INTEGER", Result.ELEMENT, ArrayFunctions::item);
        registry.add("ARRAY_CONTAINS", "ARRAY ANY", Result.BOOLEAN, ArrayFunctions::contains);
        registry.add("ARRAY_POSITION", "ARRAY ANY", Result.INTEGER, ArrayFunctions::position);
        registry.add("ARRAY_APPEND", "ARRAY ANY", Result.FIRST, ArrayFunctions::append);
        registry.add("ARRAY_CONCAT", "ARRAY ARRAY*", Result.COMMON, ArrayFunctions::concatenation);
        registry.add("ARRAY_TO_STRING", "ARRAY STRING STRING?", Result.VARCHAR, ArrayFunctions::join);
    }

    private static int start(Operand a, int row) {
        return ((ArrayVector) a.vector()).offsets()[a.index(row)];
    }

    private static int end(Operand a, int row) {
        return ((ArrayVector) a.vector()).offsets()[a.index(row) + 1];
    }

    private static ColumnVector elements(Operand a) {
        return ((ArrayVector) a.vector()).elements();
    }

    private static @Nullable Kernel constructor(KernelRequest request) {
        if (request.result().kind() != TypeKind.ARRAY) {
            return null;
        }
        DataType element = request.result().elementType();
        Kernel[] casts = new Kernel[request.count()];
        for (int i = 0; i < casts.length; i++) {
            casts[i] = Casts.find(request.type(i), element, false, request.context());
        }
        return (a, rows) -> {
            ColumnVector[] columns = new ColumnVector[a.length];
            for (int i = 0; i < a.length; i++) {
                Operand dense = Operand.of(a[i].dense(rows));
                columns[i] = casts[i].apply(new Operand[] {dense}, rows);
            }
            ArrayVectorBuilder out = (ArrayVectorBuilder) VectorBuilder.of(request.result(), rows);
            for (int row = 0; row < rows; row++) {
                for (ColumnVector column : columns) {
                    out.elements().appendFrom(column, row);
                }
                out.endArray();
            }
            return out.build();
        };
    }

    private static Kernel cardinality(KernelRequest request) {
        boolean emptyIsNull = request.function().equals("ARRAY_LENGTH");
        return Kernels.any(request.result(), (a, row, out) -> {
            int length = end(a[0], row) - start(a[0], row);
            boolean otherDimension = a.length > 1 && a[1].integer(row) != 1;
            if (emptyIsNull && length == 0 || otherDimension) {
                out.appendNull();
            } else if (out.type().kind() == TypeKind.BIGINT) {
                out.append((long) length);
            } else {
                out.append(length);
            }
        });
    }

    private static Kernel item(KernelRequest request) {
        return Kernels.any(request.result(), (a, row, out) -> {
            long position = start(a[0], row) + a[1].integer(row) - 1;
            if (a[1].integer(row) < 1 || position >= end(a[0], row)) {
                out.appendNull();
            } else {
                out.appendFrom(elements(a[0]), (int) position);
            }
        });
    }

    /** The place of the first equal element from 0, −1 when there is none. */
    private static int find(Operand array, Operand value, int row, Comparisons.RowOrder order) {
        Operand elements = Operand.of(elements(array));
        for (int i = start(array, row); i < end(array, row); i++) {
            if (!elements.isNull(i)) {
                Operand element = Operand.constant(elements.vector().slice(i, i + 1));
                if (order.compare(element, value, row) == 0) {
                    return i - start(array, row);
                }
            }
        }
        return -1;
    }

    private static Comparisons.@Nullable RowOrder order(KernelRequest request) {
        DataType element = request.type(0).elementType();
        return Comparisons.comparable(element, request.type(1)) ? Comparisons.order(element, request.type(1)) : null;
    }

    /** SQL's {@code value = ANY (array)}: NULL when the value is not there but a NULL is. */
    private static @Nullable Kernel contains(KernelRequest request) {
        Comparisons.RowOrder order = order(request);
        if (order == null) {
            return null;
        }
        return Kernels.any(request.result(), (a, row, out) -> {
            if (find(a[0], a[1], row, order) >= 0) {
                out.append(true);
                return;
            }
            boolean hasNull = false;
            for (int i = start(a[0], row); i < end(a[0], row); i++) {
                hasNull |= elements(a[0]).isNull(i);
            }
            out.append(hasNull ? null : Boolean.FALSE);
        });
    }

    private static @Nullable Kernel position(KernelRequest request) {
        Comparisons.RowOrder order = order(request);
        if (order == null) {
            return null;
        }
        return Kernels.any(request.result(), (a, row, out) -> {
            int found = find(a[0], a[1], row, order);
            out.append(found < 0 ? null : (Object) (found + 1));
        });
    }

    private static Kernel append(KernelRequest request) {
        Kernel cast = Casts.find(request.type(1), request.result().elementType(), false, request.context());
        return (a, rows) -> {
            Operand dense = Operand.of(a[1].dense(rows));
            ColumnVector added = cast.apply(new Operand[] {dense}, rows);
            ArrayVectorBuilder out = (ArrayVectorBuilder) VectorBuilder.of(request.result(), rows);
            for (int row = 0; row < rows; row++) {
                if (!a[0].isNull(row)) {
                    out.elements().appendRange(elements(a[0]), start(a[0], row), end(a[0], row));
                }
                out.elements().appendFrom(added, row);
                out.endArray();
            }
            return out.build();
        };
    }

    static @Nullable Kernel concatenation(KernelRequest request) {
        boolean same = request.result().kind() == TypeKind.ARRAY
                && request.arguments().stream()
                        .allMatch(type -> type.kind() == TypeKind.ARRAY
                                && type.elementType().layout()
                                        == request.result().elementType().layout());
        return !same
                ? null
                : Kernels.any(request.result(), (a, row, out) -> {
                    ArrayVectorBuilder arrays = (ArrayVectorBuilder) out;
                    for (Operand array : a) {
                        arrays.elements().appendRange(elements(array), start(array, row), end(array, row));
                    }
                    arrays.endArray();
                });
    }

    private static Kernel join(KernelRequest request) {
        Text text = Text.of(request.type(0).elementType(), request.context());
        return Kernels.strings(request.result(), (a, row) -> {
            StringBuilder joined = new StringBuilder();
            Operand elements = Operand.of(elements(a[0]));
            boolean any = false;
            for (int i = start(a[0], row); i < end(a[0], row); i++) {
                if (elements.isNull(i) && a.length < 3) {
                    continue;
                }
                joined.append(any ? a[1].string(row) : "");
                joined.append(elements.isNull(i) ? a[2].string(row) : text.at(elements, i));
                Limits.checkValue(joined.length());
                any = true;
            }
            return joined.toString();
        });
    }
}
