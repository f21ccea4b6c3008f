package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.session.QueryContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one execution share.
 *
 * @param partitions the fragment's partitions, or null at the gateway
 * @param rounds the last round's rows of each enclosing recursion, by name
 */
record Execution(
        QueryContext query,
        EvaluationContext evaluation,
        FragmentRunner fragments,
        SystemTables systemTables,
        @Nullable List<Integer> partitions,
        Map<String, List<Batch>> rounds) {

    static Execution ofQuery(QueryContext query, FragmentRunner fragments, SystemTables systemTables) {
        return new Execution(query, EvaluationContext.of(query), fragments, systemTables, null, Map.of());
    }

    static Execution ofFragment(
            Fragment fragment, QueryContext query, FragmentRunner fragments, SystemTables systemTables) {
        EvaluationContext evaluation = EvaluationContext.of(query).withOuterRows(fragment.outerRows());
        return new Execution(query, evaluation, fragments, systemTables, fragment.partitions(), Map.of());
    }

    Execution withOuterRow(int correlationId, Batch row) {
        return new Execution(
                query, evaluation.withOuterRow(correlationId, row), fragments, systemTables, partitions, rounds);
    }

    Execution withRound(String name, List<Batch> rows) {
        Map<String, List<Batch>> changed = new HashMap<>(rounds);
        changed.put(name, rows);
        return new Execution(query, evaluation, fragments, systemTables, partitions, changed);
    }

    Reservation reservation() {
        return new Reservation(query.memory());
    }
}
