package io.trellisdb.sql.access;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.storage.RowKeys;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the keys, partitions and rows of a {@link KeyAccess}; made once per plan, immutable, safe from any thread. */
public final class KeyLookup {
    private final KeyAccess access;
    private final KeyCodec codec;
    private final boolean plainOutputs;
    private final int[] outputColumns;

    public KeyLookup(KeyAccess access, ContainerDescriptor container) {
        this.access = access;
        this.codec = RowKeys.codec(container);
        this.plainOutputs = access.outputs().stream().allMatch(ColumnRef.class::isInstance);
        this.outputColumns = access.outputs().stream()
                .mapToInt(each -> each instanceof ColumnRef column ? column.index() : -1)
                .toArray();
    }

    /** A row's place. */
    public record Place(int partition, byte[] key) {}

    public KeyAccess access() {
        return access;
    }

    /** The vectors of the key's values, one row per row of parameters (or one row when none has parameters). */
    public ColumnVector[] keyVectors(Batch parameters, EvaluationContext context) {
        return vectors(access.keyValues(), parameters, context);
    }

    /** The vectors of the partitioning columns' values; none for a container in one partition. */
    public ColumnVector[] partitionVectors(Batch parameters, EvaluationContext context) {
        return access.scan().partitions() instanceof ScanPartitions.OfValues values
                ? vectors(values.values(), parameters, context)
                : new ColumnVector[0];
    }

    /** Where the row of these parameters would be; null when a key value is NULL. */
    public @Nullable Place place(ColumnVector[] key, ColumnVector[] partitioning, int row, int partitionCount) {
        ByteWriter out = new ByteWriter(32);
        for (ColumnVector vector : key) {
            if (vector.isNull(row)) {
                return null;
            }
        }
        codec.encode(out, key, row);
        return new Place(partition(partitioning, row, partitionCount), out.toByteArray());
    }

    private int partition(ColumnVector[] partitioning, int row, int partitionCount) {
        if (access.scan().partitions() instanceof ScanPartitions.One one) {
            return one.partition();
        }
        int[] columns = new int[partitioning.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        Batch values = new Batch(partitioning[0].size(), partitioning);
        return RoutingHash.partition(values, columns, row, partitionCount);
    }

    /** The row that the one row of parameters names, with the access's outputs. */
    public Optional<Batch> read(QueryServices services, Batch parameters, EvaluationContext context) {
        ColumnVector[] key = keyVectors(parameters, context);
        ColumnVector[] partitioning = partitionVectors(parameters, context);
        Place place = place(key, partitioning, 0, services.partitionTable().partitionCount());
        if (place == null) {
            return Optional.empty();
        }
        Batch row = services.reader(place.partition())
                .get(
                        access.scan().containerId(),
                        List.of(place.key()),
                        access.scan().columnIds(),
                        access.scan().withRowKey());
        Expression filter = access.filter();
        if (row.rowCount() > 0 && filter != null) {
            row = Evaluator.compile(filter, context).filter(row);
        }
        return row.rowCount() == 0 ? Optional.empty() : Optional.of(outputs(row, context));
    }

    private Batch outputs(Batch row, EvaluationContext context) {
        if (plainOutputs) {
            return row.project(outputColumns);
        }
        ColumnVector[] columns = new ColumnVector[outputColumns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = outputColumns[i] >= 0
                    ? row.column(outputColumns[i])
                    : Evaluator.compile(access.outputs().get(i), context).evaluate(row);
        }
        return new Batch(row.rowCount(), columns);
    }

    private static ColumnVector[] vectors(List<Expression> values, Batch parameters, EvaluationContext context) {
        ColumnVector[] vectors = new ColumnVector[values.size()];
        for (int i = 0; i < vectors.length; i++) {
            Expression value = values.get(i);
            if (value instanceof Parameter parameter) {
                vectors[i] = parameters.column(parameter.index());
            } else {
                // the parameters are the rows: a value computed of them comes out once per row
                Expression overRows = ExpressionRewrite.parametersAsColumns(value, 0);
                vectors[i] = Evaluator.compile(overRows, context).evaluate(parameters);
            }
        }
        return vectors;
    }
}
