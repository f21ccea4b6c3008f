package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.FunctionSignature.Result;

/** NOT and the tests of NULL and truth. AND, OR and COALESCE are nodes of their own and only named here. */
final class Logic {
    private Logic() {}

    /** A test that sees NULL. */
    @FunctionalInterface
    private interface Test {
        boolean of(Operand a, int row);
    }

    static void register(Functions.Registry registry) {
        registry.add("AND", "BOOLEAN BOOLEAN BOOLEAN*", Result.BOOLEAN, request -> null);
        registry.add("OR", "BOOLEAN BOOLEAN BOOLEAN*", Result.BOOLEAN, request -> null);
        registry.add("COALESCE", "ANY ANY*", Result.COMMON, request -> null);
        registry.add("NOT", "BOOLEAN", Result.BOOLEAN, request -> Kernels.booleans((a, row) -> !a[0].bool(row)));
        test(registry, "IS NULL", "ANY", (a, row) -> a.isNull(row));
        test(registry, "IS NOT NULL", "ANY", (a, row) -> !a.isNull(row));
        test(registry, "IS TRUE", "BOOLEAN", (a, row) -> !a.isNull(row) && a.bool(row));
        test(registry, "IS NOT TRUE", "BOOLEAN", (a, row) -> a.isNull(row) || !a.bool(row));
        test(registry, "IS FALSE", "BOOLEAN", (a, row) -> !a.isNull(row) && !a.bool(row));
        test(registry, "IS NOT FALSE", "BOOLEAN", (a, row) -> a.isNull(row) || a.bool(row));
        test(registry, "IS UNKNOWN", "BOOLEAN", (a, row) -> a.isNull(row));
        test(registry, "IS NOT UNKNOWN", "BOOLEAN", (a, row) -> !a.isNull(row));
    }

    private static void test(Functions.Registry registry, String name, String parameters, Test test) {
        Kernel kernel = (arguments, rows) -> {
            int[] out = new int[rows];
            for (int row = 0; row < rows; row++) {
                out[row] = test.of(arguments[0], row) ? 1 : 0;
            }
            return new IntVector(DataType.BOOLEAN, out, null, rows);
        };
        registry.add(name, parameters, Result.BOOLEAN, request -> kernel);
    }
}
