package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.SystemScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes scans: the columns that are read, the access path, what is left of the condition. */
final class ScanTranslator {
    private ScanTranslator() {}

    /** A scan and where each column of the table went in its output. */
    record Result(Piece piece, Map<Integer, Integer> positions) {
        int position(int column) {
            Integer position = positions.get(column);
            if (position == null) {
                throw new IllegalStateException("column was not scanned: " + column);
            }
            return position;
        }
    }

    /**
     * Reads a container.
     *
     * @param conditions all must hold; over the table's columns
     * @param wanted the table's columns that are needed above, apart from the conditions
     */
    static Result stored(Relation.Stored table, List<Expression> conditions, Set<Integer> wanted) {
        ContainerDescriptor container = table.container();
        AccessPaths.Path path = new AccessPaths(container, conditions).choose();
        Set<Integer> needed = new java.util.TreeSet<>(wanted);
        path.residual().forEach(condition -> needed.addAll(Expressions.columns(condition)));
        int rowKey = container.columns().size();
        boolean withRowKey = needed.remove(rowKey);

        Map<Integer, Integer> positions = new HashMap<>();
        List<Integer> ids = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>();
        for (int column : needed) {
            var descriptor = container.columns().get(column);
            positions.put(column, output.size());
            ids.add(descriptor.id());
            output.add(new OutputColumn(descriptor.name(), descriptor.type(), descriptor.nullable()));
        }
        if (withRowKey) {
            positions.put(rowKey, output.size());
            output.add(new OutputColumn(QueryPlanner.ROW_KEY, io.trellisdb.common.type.DataType.VARBINARY, false));
        }
        Optional<Expression> filter = Expressions.and(path.residual().stream()
                .map(condition -> Expressions.moved(condition, positions::get))
                .toList());
        Scan scan = new Scan(
                table.database().name() + "." + container.name(),
                container.id(),
                container.version(),
                ids,
                path.indexId(),
                path.range(),
                path.series(),
                false,
                filter.orElse(null),
                null,
                withRowKey,
                path.partitions(),
                output);
        boolean isOne =
                path.partitions() instanceof ScanPartitions.One || path.partitions() instanceof ScanPartitions.OfValues;
        Piece.Place place = isOne ? Piece.Place.ONE_OWNER : Piece.Place.OWNERS;
        return new Result(new Piece(scan, place, order(path, positions), constants(path, positions)), positions);
    }

    /** The key columns behind the fixed ones, as far as they are read. */
    private static List<SortKey> order(AccessPaths.Path path, Map<Integer, Integer> positions) {
        List<SortKey> order = new ArrayList<>();
        for (AccessPaths.KeyPart part :
                path.key().subList(path.fixed(), path.key().size())) {
            Integer position = positions.get(part.column());
            if (position == null) {
                break;
            }
            order.add(new SortKey(position, part.descending(), part.descending()));
        }
        return order;
    }

    private static Set<Integer> constants(AccessPaths.Path path, Map<Integer, Integer> positions) {
        Set<Integer> constants = new HashSet<>();
        for (AccessPaths.KeyPart part : path.key().subList(0, path.fixed())) {
            Integer position = positions.get(part.column());
            if (position != null) {
                constants.add(position);
            }
        }
        return constants;
    }

    /** Reads a virtual table; parameters as in {@link #stored}. */
    static Result system(Relation.Virtual table, List<Expression> conditions, Set<Integer> wanted) {
        Set<Integer> needed = new java.util.TreeSet<>(wanted);
        conditions.forEach(condition -> needed.addAll(Expressions.columns(condition)));
        Map<Integer, Integer> positions = new HashMap<>();
        List<Integer> columns = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>();
        for (int column : needed) {
            positions.put(column, output.size());
            columns.add(column);
            output.add(table.table().columns().get(column));
        }
        PlanNode node = new SystemScan(table.table().qualifiedName(), columns, output);
        Optional<Expression> filter = Expressions.and(conditions.stream()
                .map(condition -> Expressions.moved(condition, positions::get))
                .toList());
        if (filter.isPresent()) {
            node = new Filter(node, filter.get(), output);
        }
        return new Result(Piece.gateway(node), positions);
    }
}
