package io.trellisdb.jdbc;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.value.ColumnReader;
import io.trellisdb.jdbc.value.ColumnReader.TypedList;
import io.trellisdb.jdbc.value.SqlTypes;
import io.trellisdb.jdbc.wire.LocalRows;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.RowSet;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ARRAY value, held whole; its elements are boxed as {@code common.batch} documents. Immutable. */
final class TrellisArray implements Array {
    private final DataType elementType;
    private final List<@Nullable Object> elements;
    private final ZoneId zone;

    TrellisArray(TypedList list, ZoneId zone) {
        this.elementType = list.elementType();
        this.elements = Collections.unmodifiableList(new ArrayList<>(list.elements()));
        this.zone = zone;
    }

    @Override
    public String getBaseTypeName() {
        return SqlTypes.name(elementType);
    }

    @Override
    public int getBaseType() {
        return SqlTypes.code(elementType);
    }

    @Override
    public Object getArray() {
        return elements.toArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return part(index, count).toArray();
    }

    private List<@Nullable Object> part(long index, int count) throws SQLException {
        if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
            throw SqlErrors.of(
                    ErrorCode.INVALID_PARAMETER,
                    "part of the array is out of range: " + index + ", " + count + " of " + elements.size());
        }
        return elements.subList((int) index - 1, (int) index - 1 + count);
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> types) throws SQLException {
        refuse(types);
        return getArray();
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> types) throws SQLException {
        refuse(types);
        return getArray(index, count);
    }

    private static void refuse(@Nullable Map<String, Class<?>> types) throws SQLException {
        if (types != null && !types.isEmpty()) {
            throw SqlErrors.unsupported("Array.getArray with a map of types");
        }
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return getResultSet(1, elements.size());
    }

    /** Two columns: the index, from 1, and the element. */
    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        List<Batch> batches = new ArrayList<>();
        BatchBuilder builder = new BatchBuilder(List.of(DataType.INTEGER, elementType), count);
        int position = (int) index;
        for (Object element : part(index, count)) {
            if (builder.isFull()) {
                batches.add(builder.build());
            }
            builder.appendRow(position++, element);
        }
        batches.add(builder.build());
        RowSet rows = new RowSet(
                List.of(
                        ColumnMetadata.ofExpression("index", DataType.INTEGER),
                        ColumnMetadata.ofExpression("value", elementType)),
                batches);
        ColumnReader reader = new ColumnReader(zone, list -> new TrellisArray(list, zone));
        return new TrellisResultSet(new LocalRows(rows), reader, null, "", 0);
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> types) throws SQLException {
        refuse(types);
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> types) throws SQLException {
        refuse(types);
        return getResultSet(index, count);
    }

    @Override
    public void free() {
        // held by the garbage collector alone
    }

    @Override
    public String toString() {
        return elements.toString();
    }
}
