package io.trellisdb.testing.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A few values of every type. */
final class Samples {
    private Samples() {}

    /** By type, the values that rows of it repeat; NULL stands between them. */
    static Map<DataType, List<Object>> values() {
        Map<DataType, List<Object>> values = new LinkedHashMap<>();
        values.put(DataType.BOOLEAN, List.of(true, false));
        values.put(DataType.INTEGER, List.of(1, -70_000, Integer.MAX_VALUE));
        values.put(DataType.BIGINT, List.of(5L, 6L, 7L, Long.MIN_VALUE));
        values.put(DataType.DOUBLE, List.of(0.5, -0.0, Double.NaN));
        values.put(DataType.decimal(9, 2), List.of(new BigDecimal("1.50"), new BigDecimal("-9999999.99")));
        values.put(DataType.decimal(38, 10), List.of(new BigDecimal("1.5000000000")));
        values.put(DataType.varchar(9), List.of("a", "größe", ""));
        values.put(DataType.BLOB, List.of("a\0b".getBytes(StandardCharsets.UTF_8), new byte[0]));
        values.put(DataType.DATE, List.of(LocalDate.of(2026, 1, 2)));
        values.put(
                DataType.timestamp(3), List.of(LocalDateTime.of(2026, 1, 2, 3, 4, 5), LocalDateTime.of(1, 1, 1, 0, 0)));
        values.put(DataType.UUID, List.of(new UUID(1, -1)));
        return values;
    }

    /** Types that may be columns; those of {@link #values} and arrays. */
    static List<DataType> types() {
        return List.copyOf(values().keySet());
    }

    /** One column, with NULLs if wanted. */
    static Batch column(DataType type, int rows, boolean withNulls) {
        List<Object> values = values().getOrDefault(type, List.of());
        VectorBuilder builder = VectorBuilder.of(type, rows);
        for (int row = 0; row < rows; row++) {
            boolean isNull = values.isEmpty() || withNulls && row % 3 == 1;
            builder.append(isNull ? null : values.get(row % values.size()));
        }
        return new Batch(rows, builder.build());
    }

    /** All columns beside each other. */
    static Batch batch(List<DataType> types, int rows, boolean withNulls) {
        Batch batch = new Batch(rows);
        for (DataType type : types) {
            batch = batch.with(column(type, rows, withNulls).column(0));
        }
        return batch;
    }

    /** With a first byte that chooses among variants. */
    static byte[] prefixed(int choice, byte[] bytes) {
        byte[] all = new byte[bytes.length + 1];
        all[0] = (byte) choice;
        System.arraycopy(bytes, 0, all, 1, bytes.length);
        return all;
    }

    static List<DataType> arrays() {
        List<DataType> arrays = new ArrayList<>();
        types().forEach(type -> arrays.add(DataType.array(type)));
        return arrays;
    }
}
