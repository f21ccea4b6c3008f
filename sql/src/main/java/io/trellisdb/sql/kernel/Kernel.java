package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;

/** Computes one function over columns. */
@FunctionalInterface
interface Kernel {
    /** A vector of {@code rows} rows; arguments are columns of as many rows or constants. */
    ColumnVector apply(Operand[] arguments, int rows);
}
