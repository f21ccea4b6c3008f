package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** PARTITION BY HASH (columns), or PARTITION BY RANGE (column) EVERY (n, unit) [SUBPARTITION BY HASH …]. */
public abstract sealed class Partitioning extends SyntaxCall {
    Partitioning(SqlParserPos pos, String name) {
        super(pos, name);
    }

    /** Rows are spread by the hash of columns. */
    public static final class ByHash extends Partitioning {
        private final List<SqlIdentifier> columns;

        public ByHash(SqlParserPos pos, List<SqlIdentifier> columns) {
            super(pos, "PARTITION BY HASH");
            this.columns = List.copyOf(columns);
        }

        public List<SqlIdentifier> columns() {
            return columns;
        }

        @Override
        public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
            writer.keyword("PARTITION BY HASH");
            SqlText.list(writer, columns);
        }
    }

    /** Rows are spread by ranges of equal width of one column, optionally by hash within a range. */
    public static final class ByRange extends Partitioning {
        private final SqlIdentifier column;
        private final long width;
        private final @Nullable TimeUnit unit;
        private final List<SqlIdentifier> hashColumns;
        private final int hashPartitions;

        /**
         * @param unit null where the column is a number and the width is in its own unit
         * @param hashPartitions 0 where there is no SUBPARTITION clause or it names no number
         */
        public ByRange(
                SqlParserPos pos,
                SqlIdentifier column,
                long width,
                @Nullable TimeUnit unit,
                List<SqlIdentifier> hashColumns,
                int hashPartitions) {
            super(pos, "PARTITION BY RANGE");
            this.column = column;
            this.width = width;
            this.unit = unit;
            this.hashColumns = List.copyOf(hashColumns);
            this.hashPartitions = hashPartitions;
        }

        public SqlIdentifier column() {
            return column;
        }

        /** How many units one range is wide. */
        public long width() {
            return width;
        }

        /** Empty where the width is a plain number. */
        public Optional<TimeUnit> unit() {
            return Optional.ofNullable(unit);
        }

        /** The columns of SUBPARTITION BY HASH; empty without that clause. */
        public List<SqlIdentifier> hashColumns() {
            return hashColumns;
        }

        /** The number of SUBPARTITIONS; 0 where none is written. */
        public int hashPartitions() {
            return hashPartitions;
        }

        @Override
        public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
            writer.keyword("PARTITION BY RANGE");
            SqlText.list(writer, List.of(column));
            writer.keyword("EVERY");
            SqlWriter.Frame frame = writer.startList("(", ")");
            writer.print(Long.toString(width));
            if (unit != null) {
                writer.sep(",", true);
                writer.keyword(unit.name());
            }
            writer.endList(frame);
            if (!hashColumns.isEmpty()) {
                writer.keyword("SUBPARTITION BY HASH");
                SqlText.list(writer, hashColumns);
                if (hashPartitions > 0) {
                    writer.keyword("SUBPARTITIONS");
                    writer.print(hashPartitions);
                }
            }
        }
    }
}
