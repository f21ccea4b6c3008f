package io.trellisdb.sql.syntax;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/** Prints syntax trees as Trellis SQL: identifiers in double quotes, one line. */
public final class SqlText {
    private static final SqlDialect DIALECT = new TrellisDialect(SqlDialect.EMPTY_CONTEXT
            .withDatabaseProduct(SqlDialect.DatabaseProduct.UNKNOWN)
            .withDatabaseProductName("Trellis")
            .withIdentifierQuoteString("\"")
            .withLiteralQuoteString("'")
            .withLiteralEscapedQuoteString("''")
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withNullCollation(NullCollation.HIGH));

    private SqlText() {}

    /** The tree as SQL text that parses to an equal tree. */
    public static String of(SqlNode node) {
        return node.toSqlString(config -> config.withDialect(DIALECT)
                        .withQuoteAllIdentifiers(true)
                        .withClauseStartsLine(false)
                        .withSelectListItemsOnSeparateLines(false)
                        .withUpdateSetListNewline(false)
                        .withIndentation(0)
                        .withLineFolding(org.apache.calcite.sql.SqlWriterConfig.LineFolding.WIDE))
                .getSql();
    }

    static List<SqlNode> operands(SqlNode change, @Nullable SqlNode conflict, List<SqlNode> returning) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(change);
        if (conflict != null) {
            operands.add(conflict);
        }
        operands.addAll(returning);
        return List.copyOf(operands);
    }

    static void list(SqlWriter writer, Iterable<? extends SqlNode> nodes) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        items(writer, nodes);
        writer.endList(frame);
    }

    static void items(SqlWriter writer, Iterable<? extends SqlNode> nodes) {
        for (SqlNode node : nodes) {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        }
    }

    /** Writes nodes separated by commas, without parentheses. */
    static void sequence(SqlWriter writer, Iterable<? extends SqlNode> nodes) {
        SqlWriter.Frame frame = writer.startList("", "");
        items(writer, nodes);
        writer.endList(frame);
    }

    static void ifExists(SqlWriter writer, boolean ifExists) {
        if (ifExists) {
            writer.keyword("IF EXISTS");
        }
    }

    static void ifNotExists(SqlWriter writer, boolean ifNotExists) {
        if (ifNotExists) {
            writer.keyword("IF NOT EXISTS");
        }
    }

    static void assignments(
            SqlWriter writer, List<? extends @Nullable SqlNode> columns, List<? extends @Nullable SqlNode> values) {
        SqlWriter.Frame frame = writer.startList("", "");
        for (int i = 0; i < columns.size(); i++) {
            writer.sep(",");
            requireNonNull(columns.get(i)).unparse(writer, 0, 0);
            writer.keyword("=");
            requireNonNull(values.get(i)).unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    static void alias(SqlWriter writer, @Nullable SqlIdentifier alias) {
        if (alias != null) {
            writer.keyword("AS");
            alias.unparse(writer, 0, 0);
        }
    }

    static void where(SqlWriter writer, @Nullable SqlNode condition) {
        if (condition != null) {
            writer.keyword("WHERE");
            condition.unparse(writer, 0, 0);
        }
    }

    static void returning(SqlWriter writer, List<SqlNode> items) {
        if (!items.isEmpty()) {
            writer.keyword("RETURNING");
            sequence(writer, items);
        }
    }

    /** Writes the source of rows of an INSERT; rows of VALUES stand without the word ROW. */
    static void query(SqlWriter writer, SqlNode source) {
        source.unparse(writer, 0, 0);
    }

    static void constraintName(SqlWriter writer, @Nullable SqlIdentifier name) {
        if (name != null) {
            writer.keyword("CONSTRAINT");
            name.unparse(writer, 0, 0);
        }
    }

    /** Writes LIMIT before OFFSET, in the order of their parameters in most texts. */
    private static final class TrellisDialect extends SqlDialect {
        TrellisDialect(Context context) {
            super(context);
        }

        @Override
        public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
            unparseFetchUsingLimit(writer, offset, fetch);
        }
    }
}
