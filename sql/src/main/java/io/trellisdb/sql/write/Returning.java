package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a change gives back of its rows.
 *
 * @param stored positions of the container's columns that owners answer with
 * @param expressions over the stored columns, in the order of {@code stored}
 */
record Returning(int[] stored, List<Expression> expressions, List<QueryColumn> columns) {
    private static final String ALL_KEYS = "*";

    Returning {
        expressions = List.copyOf(expressions);
        columns = List.copyOf(columns);
    }

    static Returning nothing() {
        return new Returning(new int[0], List.of(), List.of());
    }

    boolean isNothing() {
        return columns.isEmpty();
    }

    /** The columns that a driver asks for as generated keys; {@code "*"} alone stands for identity and key columns. */
    static Returning generatedKeys(ContainerDescriptor container, String database, List<String> names) {
        Set<Integer> chosen = new LinkedHashSet<>();
        if (names.equals(List.of(ALL_KEYS))) {
            for (int i = 0; i < container.columns().size(); i++) {
                if (container.columns().get(i).identity() != null) {
                    chosen.add(i);
                }
            }
            for (int column : container.primaryKeyIndexes()) {
                chosen.add(column);
            }
        } else {
            for (String name : names) {
                chosen.add(NameResolver.column(container, name));
            }
        }
        List<Expression> expressions = new ArrayList<>();
        List<QueryColumn> columns = new ArrayList<>();
        for (int index : chosen) {
            ColumnDescriptor column = container.columns().get(index);
            expressions.add(new ColumnRef(expressions.size(), column.type()));
            columns.add(describe(column, column.name(), container, database));
        }
        return new Returning(chosen.stream().mapToInt(Integer::intValue).toArray(), expressions, columns);
    }

    static QueryColumn describe(ColumnDescriptor column, String label, ContainerDescriptor container, String database) {
        return new QueryColumn(
                label,
                column.name(),
                column.type(),
                column.nullable(),
                column.identity() != null,
                container.name(),
                database);
    }

    Batch apply(Batch storedRows, EvaluationContext context) {
        ColumnVector[] vectors = new ColumnVector[expressions.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = expressions.get(i) instanceof ColumnRef column
                    ? storedRows.column(column.index())
                    : Evaluator.compile(expressions.get(i), context).evaluate(storedRows);
        }
        return new Batch(storedRows.rowCount(), vectors);
    }
}
