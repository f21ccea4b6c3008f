package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.sql.access.KeyLookup;
import io.trellisdb.sql.kernel.EvaluationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts the rows that parameters name by partition. Confined to one execution. */
final class KeyChangeSplit {
    private final WritePlan.ByKey plan;
    private final int partitionCount;
    private final Map<Integer, List<KeyChange.Named>> named = new TreeMap<>();
    private int rowCount;

    KeyChangeSplit(WritePlan.ByKey plan, int partitionCount) {
        this.plan = plan;
        this.partitionCount = partitionCount;
    }

    /** The named rows of each partition, by its number. */
    Map<Integer, List<KeyChange.Named>> named() {
        return named;
    }

    /** Adds the rows that these parameters name; NULL names none. */
    void add(Batch parameters, EvaluationContext context) {
        ColumnVector[] key = plan.lookup().keyVectors(parameters, context);
        ColumnVector[] partitioning = plan.lookup().partitionVectors(parameters, context);
        Map<Integer, Rows> rows = new LinkedHashMap<>();
        for (int row = 0; row < parameters.rowCount(); row++) {
            KeyLookup.Place place = plan.lookup().place(key, partitioning, row, partitionCount);
            if (place != null) {
                rows.computeIfAbsent(place.partition(), p -> new Rows()).add(place.key(), row);
            }
        }
        rows.forEach((partition, each) ->
                named.computeIfAbsent(partition, p -> new ArrayList<>()).add(each.named(parameters, rowCount)));
        rowCount += parameters.rowCount();
    }

    /** The rows of one batch in one partition. */
    private static final class Rows {
        private final List<byte[]> keys = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();

        void add(byte[] key, int row) {
            keys.add(key);
            rows.add(row);
        }

        KeyChange.Named named(Batch parameters, int firstPosition) {
            int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
            int[] positions = rows.stream().mapToInt(row -> firstPosition + row).toArray();
            return new KeyChange.Named(keys, positions, parameters.select(chosen, chosen.length));
        }
    }
}
