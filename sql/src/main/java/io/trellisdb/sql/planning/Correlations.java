package io.trellisdb.sql.planning;

import io.trellisdb.sql.plan.OutputColumn;
import java.util.List;
import java.util.Map;

/** The outer rows in sight: correlation id → columns. */
record Correlations(Map<Integer, List<OutputColumn>> rows) {
    static final Correlations NONE = new Correlations(Map.of());

    Correlations {
        rows = Map.copyOf(rows);
    }

    Correlations with(int id, List<OutputColumn> columns) {
        Map<Integer, List<OutputColumn>> more = new java.util.HashMap<>(rows);
        more.put(id, columns);
        return new Correlations(more);
    }
}
