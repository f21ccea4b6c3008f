package io.trellisdb.storage.engine;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.storage.KeyRange;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a container should hold: rows as boxed values by column id, in the order of their keys. */
final class ModelContainer {
    private ContainerDescriptor descriptor;
    private long floorMillis = Long.MIN_VALUE;
    private final TreeMap<byte[], Map<Integer, @Nullable Object>> rows = new TreeMap<>(Arrays::compareUnsigned);

    ModelContainer(ContainerDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    ContainerDescriptor descriptor() {
        return descriptor;
    }

    /** Rows get what columns that are new to them have where they were absent. */
    void define(ContainerDescriptor changed) {
        for (Map<Integer, @Nullable Object> row : rows.values()) {
            for (ColumnDescriptor column : changed.columns()) {
                if (!row.containsKey(column.id())) {
                    row.put(column.id(), column.absentValue());
                }
            }
        }
        descriptor = changed;
    }

    /** A row under the floor of a time series is not seen. */
    void put(byte[] key, List<? extends @Nullable Object> values) {
        Map<Integer, @Nullable Object> row = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            row.put(descriptor.columns().get(i).id(), values.get(i));
        }
        if (!isUnderFloor(row)) {
            rows.put(key, row);
        }
    }

    /** Rows of a time series with an earlier timestamp, in milliseconds, are gone. */
    void raiseFloor(long millis) {
        floorMillis = Math.max(floorMillis, millis);
        rows.values().removeIf(this::isUnderFloor);
    }

    private boolean isUnderFloor(Map<Integer, @Nullable Object> row) {
        if (floorMillis == Long.MIN_VALUE) {
            return false;
        }
        List<KeyColumn> key = descriptor.primaryKey();
        Object time = row.get(key.get(key.size() - 1).columnId());
        return time instanceof LocalDateTime timestamp
                && timestamp.toInstant(ZoneOffset.UTC).toEpochMilli() < floorMillis;
    }

    /** The timestamp that ends a row key of a time series. */
    long timestamp(byte[] key) {
        KeyColumn last = descriptor.primaryKey().get(descriptor.primaryKey().size() - 1);
        long bits = ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
        return (last.descending() ? ~bits : bits) ^ Long.MIN_VALUE;
    }

    void delete(byte[] key) {
        rows.remove(key);
    }

    void truncate() {
        rows.clear();
    }

    int size() {
        return rows.size();
    }

    List<byte[]> keys() {
        return List.copyOf(rows.keySet());
    }

    /** The rows of a range in key order or the other way round, with their keys in hexadecimal at the end. */
    List<List<@Nullable Object>> rows(KeyRange range, boolean descending, long limit, List<Integer> columnIds) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (isWithin(range, key)) {
                found.add(values(key, row, columnIds));
            }
        });
        return ordered(found, descending, limit);
    }

    /** The rows whose index key lies in a range, in the order of index keys, then row keys. */
    List<List<@Nullable Object>> rowsByIndex(
            IndexDescriptor index, KeyRange range, boolean descending, long limit, List<Integer> columnIds) {
        TreeMap<byte[], List<@Nullable Object>> found = new TreeMap<>(Arrays::compareUnsigned);
        rows.forEach((key, row) -> {
            byte[] indexKey = indexKey(index, row);
            if (isWithin(range, indexKey)) {
                byte[] entry = Arrays.copyOf(indexKey, indexKey.length + key.length);
                System.arraycopy(key, 0, entry, indexKey.length, key.length);
                found.put(entry, values(key, row, columnIds));
            }
        });
        return ordered(new ArrayList<>(found.values()), descending, limit);
    }

    private static boolean isWithin(KeyRange range, byte[] key) {
        Comparator<byte[]> order = Arrays::compareUnsigned;
        return (range.from() == null || order.compare(key, range.from()) >= 0)
                && (range.to() == null || order.compare(key, range.to()) < 0);
    }

    private static List<List<@Nullable Object>> ordered(
            List<List<@Nullable Object>> found, boolean descending, long limit) {
        if (descending) {
            Collections.reverse(found);
        }
        return found.subList(0, (int) Math.min(found.size(), limit));
    }

    private static List<@Nullable Object> values(
            byte[] key, Map<Integer, @Nullable Object> row, List<Integer> columnIds) {
        List<@Nullable Object> values = new ArrayList<>();
        columnIds.forEach(id -> values.add(row.get(id)));
        values.add(HexFormat.of().formatHex(key));
        return values;
    }

    byte[] indexKey(IndexDescriptor index, Map<Integer, @Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        index.columns().forEach(column -> values.add(row.get(column.columnId())));
        return codec(index).encodeValues(values);
    }

    KeyCodec codec(IndexDescriptor index) {
        return new KeyCodec(index.columns().stream().map(this::part).toList());
    }

    private KeyCodec.KeyPart part(KeyColumn key) {
        return new KeyCodec.KeyPart(descriptor.column(key.columnId()).type(), key.descending());
    }

    Map<Integer, @Nullable Object> row(byte[] key) {
        Map<Integer, @Nullable Object> row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("model has no such row");
        }
        return row;
    }
}
