package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.information.SystemTable;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** What a name in FROM stands for, as Calcite's validator sees it. */
sealed interface Relation extends Table {
    @Override
    default Schema.TableType getJdbcTableType() {
        return Schema.TableType.TABLE;
    }

    @Override
    default Statistic getStatistic() {
        return Statistics.UNKNOWN;
    }

    @Override
    default boolean isRolledUp(String column) {
        return false;
    }

    @Override
    default boolean rolledUpColumnValidInsideAgg(
            String column, SqlCall call, @Nullable SqlNode parent, @Nullable CalciteConnectionConfig config) {
        return false;
    }

    private static RelDataType rowType(List<OutputColumn> columns, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder builder = factory.builder();
        for (OutputColumn column : columns) {
            builder.add(column.name(), TypeMapping.toCalcite(column.type(), column.nullable(), (TrellisTypeFactory)
                    factory));
        }
        return builder.build();
    }

    /**
     * A container.
     *
     * @param withRowKey adds {@link QueryPlanner#ROW_KEY} as the last column
     * @param rows about how many rows it has, when known
     */
    record Stored(DatabaseDescriptor database, ContainerDescriptor container, boolean withRowKey, OptionalLong rows)
            implements Relation {
        private static final double UNKNOWN_ROWS = 10_000;

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            for (ColumnDescriptor column : container.columns()) {
                builder.add(column.name(), TypeMapping.toCalcite(column.type(), column.nullable(), (TrellisTypeFactory)
                        factory));
            }
            if (withRowKey) {
                builder.add(QueryPlanner.ROW_KEY, TypeMapping.toCalcite(DataType.VARBINARY, false, (TrellisTypeFactory)
                        factory));
            }
            return builder.build();
        }

        @Override
        public Statistic getStatistic() {
            ImmutableBitSet.Builder key = ImmutableBitSet.builder();
            for (KeyColumn column : container.primaryKey()) {
                key.set(container.columnIndex(column.columnId()));
            }
            List<ImmutableBitSet> keys = container.hasPrimaryKey() ? List.of(key.build()) : List.of();
            return Statistics.of(rows.isPresent() ? Math.max(1.0, (double) rows.getAsLong()) : UNKNOWN_ROWS, keys);
        }
    }

    /** A table that the gateway computes. */
    record Virtual(SystemTable table) implements Relation {
        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return rowType(table.columns(), factory);
        }
    }

    /** The rows that a scalar expression is bound to. */
    record Scope(RowScope scope) implements Relation {
        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return rowType(scope.columns(), factory);
        }
    }

    /** A view: replaced by its query. */
    record View(DatabaseDescriptor database, ViewDescriptor view, PlanningRun run)
            implements Relation, TranslatableTable {
        @Override
        public Schema.TableType getJdbcTableType() {
            return Schema.TableType.VIEW;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return run.viewRowType(database, view);
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            return run.expand(database, view);
        }
    }
}
