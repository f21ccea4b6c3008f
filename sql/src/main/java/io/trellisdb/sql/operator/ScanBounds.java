package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.ScanRange;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The encoded keys and the partitions that a scan reads with the actual values. */
final class ScanBounds {
    private ScanBounds() {}

    /** The container as the catalog has it; SCHEMA_CHANGED when it is not the one that the plan was made for. */
    static ContainerDescriptor container(Scan scan, QueryContext query) {
        ContainerDescriptor container =
                query.services().catalog().findContainer(scan.containerId()).orElseThrow(() -> changed(scan));
        if (container.version() != scan.schemaVersion()) {
            throw changed(scan);
        }
        return container;
    }

    private static TrellisException changed(Scan scan) {
        return new TrellisException(
                ErrorCode.SCHEMA_CHANGED, "table has changed since the statement was planned: " + scan.table());
    }

    /** The range of encoded keys; empty when no row can be in it. */
    static Optional<KeyRange> range(Scan scan, ContainerDescriptor container, EvaluationContext context) {
        ScanRange range = scan.range();
        if (range.isAll()) {
            return Optional.of(KeyRange.ALL);
        }
        List<KeyCodec.KeyPart> parts = new ArrayList<>();
        for (KeyColumn column : keyColumns(scan, container)) {
            parts.add(new KeyCodec.KeyPart(container.column(column.columnId()).type(), column.descending()));
        }
        KeyCodec codec = new KeyCodec(parts);
        ByteWriter prefix = new ByteWriter();
        for (int i = 0; i < range.equal().size(); i++) {
            ColumnVector value = value(range.equal().get(i), parts.get(i).type(), context);
            if (value.isNull(0)) {
                return Optional.empty();
            }
            codec.encodePart(prefix, i, value, 0);
        }
        byte[] start = prefix.toByteArray();
        if (range.lower() == null && range.upper() == null) {
            return Optional.of(new KeyRange(start, KeyCodec.successor(start)));
        }
        return bounded(range, codec, start, context);
    }

    private static Optional<KeyRange> bounded(
            ScanRange range, KeyCodec codec, byte[] prefix, EvaluationContext context) {
        int part = range.equal().size();
        boolean descending = codec.parts().get(part).descending();
        Expression first = descending ? range.upper() : range.lower();
        Expression last = descending ? range.lower() : range.upper();
        boolean firstInclusive = descending ? range.upperInclusive() : range.lowerInclusive();
        boolean lastInclusive = descending ? range.lowerInclusive() : range.upperInclusive();
        DataType type = codec.parts().get(part).type();
        byte[] nullKey = key(codec, prefix, part, Vectors.nulls(type, 1));
        byte[] from;
        if (first == null) {
            // NULLs come first in a descending part and never satisfy a bound
            from = descending ? KeyCodec.successor(nullKey) : prefix;
        } else {
            ColumnVector value = value(first, type, context);
            if (value.isNull(0)) {
                return Optional.empty();
            }
            byte[] key = key(codec, prefix, part, value);
            from = firstInclusive ? key : KeyCodec.successor(key);
        }
        byte[] to;
        if (last == null) {
            to = descending ? KeyCodec.successor(prefix) : nullKey;
        } else {
            ColumnVector value = value(last, type, context);
            if (value.isNull(0)) {
                return Optional.empty();
            }
            byte[] key = key(codec, prefix, part, value);
            to = lastInclusive ? KeyCodec.successor(key) : key;
        }
        boolean empty = from == null || to != null && Arrays.compareUnsigned(from, to) >= 0;
        return empty ? Optional.empty() : Optional.of(new KeyRange(from, to));
    }

    static byte[] key(KeyCodec codec, byte[] prefix, int part, ColumnVector value) {
        ByteWriter out = new ByteWriter(prefix.length + 16);
        out.writeBytes(prefix);
        codec.encodePart(out, part, value, 0);
        return out.toByteArray();
    }

    static ColumnVector value(Expression expression, DataType type, EvaluationContext context) {
        return Casts.convert(Evaluator.constant(expression, context), type, false, context);
    }

    private static List<KeyColumn> keyColumns(Scan scan, ContainerDescriptor container) {
        if (scan.indexId() == 0) {
            return container.primaryKey();
        }
        for (IndexDescriptor index : container.indexes()) {
            if (index.id() == scan.indexId()) {
                return index.columns();
            }
        }
        throw changed(scan);
    }

    /** The partitions that hold the scan's rows. */
    static List<Integer> partitions(Scan scan, QueryContext query, EvaluationContext context) {
        ScanPartitions choice = scan.partitions();
        if (choice instanceof ScanPartitions.One one) {
            return List.of(one.partition());
        }
        int count = query.services().partitionTable().partitionCount();
        if (choice instanceof ScanPartitions.OfValues values) {
            return ofValues(values.values(), container(scan, query), count, context);
        }
        if (choice instanceof ScanPartitions.OfAlternatives alternatives) {
            return ofAlternatives(alternatives.values(), container(scan, query), count, context);
        }
        return IntStream.range(0, count).boxed().toList();
    }

    /** The partitions that hold the scan's rows and belong to the execution's fragment. */
    static List<Integer> partitions(Scan scan, Execution execution) {
        List<Integer> own = partitions(scan, execution.query(), execution.evaluation());
        if (execution.partitions() == null) {
            return own;
        }
        List<Integer> both = new ArrayList<>(own);
        both.retainAll(execution.partitions());
        return both;
    }

    private static List<Integer> ofValues(
            List<Expression> expressions, ContainerDescriptor container, int count, EvaluationContext context) {
        Partitioning.Hash hash = (Partitioning.Hash) container.partitioning();
        List<DataType> types = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            DataType type = container.column(hash.columnIds().get(i)).type();
            ColumnVector value = value(expressions.get(i), type, context);
            if (value.isNull(0)) {
                return List.of();
            }
            types.add(type);
            values.add(value.value(0));
        }
        return List.of(RoutingHash.partition(types, values, count));
    }

    private static List<Integer> ofAlternatives(
            List<List<Expression>> alternatives, ContainerDescriptor container, int count, EvaluationContext context) {
        Partitioning.Hash hash = (Partitioning.Hash) container.partitioning();
        List<DataType> types = new ArrayList<>();
        List<List<Object>> combinations = List.of(List.of());
        for (int i = 0; i < alternatives.size(); i++) {
            DataType type = container.column(hash.columnIds().get(i)).type();
            types.add(type);
            List<List<Object>> longer = new ArrayList<>();
            for (Expression alternative : alternatives.get(i)) {
                Object value = value(alternative, type, context).value(0);
                if (value != null) {
                    for (List<Object> combination : combinations) {
                        List<Object> values = new ArrayList<>(combination);
                        values.add(value);
                        longer.add(values);
                    }
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .map(values -> RoutingHash.partition(types, values, count))
                .distinct()
                .sorted()
                .toList();
    }
}
