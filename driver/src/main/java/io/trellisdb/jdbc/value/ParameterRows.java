package io.trellisdb.jdbc.value;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows of parameters column by column. A column whose type the server leaves open takes the type of the first value
 * that is not NULL. Confined to one thread.
 */
public final class ParameterRows {
    private static final int FEWEST_ROWS = 16;

    private final List<DataType> declared;
    private final ParameterConversion conversion;
    private final List<Batch> full = new ArrayList<>();
    private final List<@Nullable Object[]> untyped = new ArrayList<>();
    private @Nullable BatchBuilder builder;
    private List<DataType> types;
    private int rowCount;
    /** Rows of the last batch: the next one is likely to have as many. */
    private int expectedRows = FEWEST_ROWS;

    public ParameterRows(List<DataType> declared, ParameterConversion conversion) {
        this.declared = declared;
        this.types = declared;
        this.conversion = conversion;
    }

    /** Appends one row of what the application set; nothing is appended if a value does not fit. */
    public void add(@Nullable Object[] values) throws SQLException {
        if (builder == null && !resolveTypes(values)) {
            // all rows so far have only NULL in some open column
            untyped.add(values.clone());
            rowCount++;
            return;
        }
        append(values);
        rowCount++;
    }

    private boolean resolveTypes(@Nullable Object[] values) throws SQLException {
        List<DataType> resolved = new ArrayList<>(types);
        for (int i = 0; i < resolved.size(); i++) {
            Object value = values[i];
            if (resolved.get(i).equals(DataType.NULL) && value != null) {
                resolved.set(i, SqlTypes.of(value));
            }
        }
        types = resolved;
        boolean isResolved = !resolved.contains(DataType.NULL);
        if (isResolved || untyped.size() + 1 >= Batch.MAX_ROWS) {
            startTyped();
            return true;
        }
        return false;
    }

    private void startTyped() throws SQLException {
        builder = new BatchBuilder(types, expectedRows);
        for (@Nullable Object[] values : untyped) {
            append(values);
        }
        untyped.clear();
    }

    private void append(@Nullable Object[] values) throws SQLException {
        BatchBuilder rows = builder;
        if (rows == null) {
            throw new IllegalStateException("types are not resolved");
        }
        @Nullable Object[] boxed = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = conversion.convert(values[i], types.get(i));
        }
        if (rows.isFull()) {
            full.add(rows.build());
        }
        try {
            rows.appendRow(boxed);
        } catch (TrellisException e) {
            throw SqlErrors.of(e);
        }
    }

    public int rowCount() {
        return rowCount;
    }

    /** The rows in batches of at most {@link Batch#MAX_ROWS}; this is empty afterwards. */
    public List<Batch> build() throws SQLException {
        if (builder == null) {
            startTyped();
        }
        List<Batch> batches = new ArrayList<>(full);
        if (builder != null && !builder.isEmpty()) {
            batches.add(builder.build());
        }
        expectedRows = Math.max(FEWEST_ROWS, Math.min(rowCount, Batch.MAX_ROWS));
        clear();
        return batches;
    }

    public void clear() {
        full.clear();
        untyped.clear();
        builder = null;
        types = declared;
        rowCount = 0;
    }

    /** The exception for parameters that were never set. */
    public static SQLException notSet(int position) {
        return SqlErrors.of(ErrorCode.UNKNOWN_PARAMETER, "parameter is not set: " + position);
    }
}
