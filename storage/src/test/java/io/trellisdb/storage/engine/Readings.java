package io.trellisdb.storage.engine;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.ScanRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads whole scans as boxed rows; binary values as hexadecimal text, so that rows can be compared. */
final class Readings {
    private Readings() {}

    static List<List<@Nullable Object>> scan(PartitionReader reader, ScanRequest request) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchCursor cursor = reader.scan(request)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows.addAll(rows(batch));
            }
        }
        return rows;
    }

    static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object value : batch.row(row)) {
                values.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            }
            rows.add(values);
        }
        return rows;
    }
}
