package io.trellisdb.sql.access;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A plan that reads at most one row of one container by its whole key.
 *
 * @param scan names the container, the columns read and the key's values
 * @param filter over the scan's columns, or null
 * @param outputs over the scan's columns
 */
public record KeyAccess(Scan scan, @Nullable Expression filter, List<Expression> outputs) {
    public KeyAccess {
        outputs = List.copyOf(outputs);
    }

    /** The values of the key's columns; free of columns. */
    public List<Expression> keyValues() {
        return scan.range().equal();
    }

    /**
     * Sees a key access in a plan.
     *
     * @param keyColumns how many columns the key of a container has, by its id
     */
    public static Optional<KeyAccess> of(PlanNode plan, LongToIntFunction keyColumns) {
        if (plan instanceof Gather gather) {
            return of(gather.input(), keyColumns);
        }
        if (plan instanceof Project project) {
            return of(project.input(), keyColumns)
                    .map(input -> new KeyAccess(
                            input.scan,
                            input.filter,
                            project.expressions().stream()
                                    .map(each -> ExpressionRewrite.substitute(each, input.outputs))
                                    .toList()));
        }
        if (plan instanceof Filter filter) {
            return of(filter.input(), keyColumns)
                    .map(input -> new KeyAccess(
                            input.scan,
                            and(input.filter, ExpressionRewrite.substitute(filter.condition(), input.outputs)),
                            input.outputs));
        }
        return plan instanceof Scan scan ? ofScan(scan, keyColumns) : Optional.empty();
    }

    private static Optional<KeyAccess> ofScan(Scan scan, LongToIntFunction keyColumns) {
        int columns = keyColumns.applyAsInt(scan.containerId());
        boolean isByKey = scan.indexId() == 0
                && scan.limit() == null
                && columns > 0
                && scan.range().equal().size() == columns
                && !(scan.partitions() instanceof ScanPartitions.All)
                && scan.range().equal().stream().noneMatch(KeyAccess::isCorrelated);
        if (!isByKey) {
            return Optional.empty();
        }
        List<Expression> outputs = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            outputs.add(new ColumnRef(i, scan.output().get(i).type()));
        }
        return Optional.of(new KeyAccess(scan, scan.filter(), outputs));
    }

    private static boolean isCorrelated(Expression expression) {
        return expression instanceof OuterRef || expression.arguments().stream().anyMatch(KeyAccess::isCorrelated);
    }

    private static Expression and(@Nullable Expression first, Expression second) {
        return first == null ? second : new Call("AND", List.of(first, second), DataType.BOOLEAN);
    }
}
