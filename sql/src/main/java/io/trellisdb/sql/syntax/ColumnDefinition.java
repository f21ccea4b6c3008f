package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A column of CREATE TABLE or ALTER TABLE ADD COLUMN. */
public final class ColumnDefinition extends TableElement {
    /** What the definition says about NULL; unspecified means nullable unless the column is part of the key. */
    public enum Nullability {
        UNSPECIFIED,
        NULLABLE,
        NOT_NULL
    }

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final Nullability nullability;
    private final @Nullable SqlNode defaultValue;
    private final @Nullable IdentityClause identity;
    private final List<TableConstraint> constraints;

    public ColumnDefinition(
            SqlParserPos pos,
            SqlIdentifier name,
            SqlDataTypeSpec type,
            Nullability nullability,
            @Nullable SqlNode defaultValue,
            @Nullable IdentityClause identity,
            List<TableConstraint> constraints) {
        super(pos, "COLUMN");
        this.name = name;
        this.type = type;
        this.nullability = nullability;
        this.defaultValue = defaultValue;
        this.identity = identity;
        this.constraints = List.copyOf(constraints);
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlDataTypeSpec type() {
        return type;
    }

    public Nullability nullability() {
        return nullability;
    }

    public Optional<SqlNode> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    public Optional<IdentityClause> identity() {
        return Optional.ofNullable(identity);
    }

    /** The constraints written behind the column, each over this column. */
    public List<TableConstraint> constraints() {
        return constraints;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        switch (nullability) {
            case UNSPECIFIED -> {}
            case NULLABLE -> writer.keyword("NULL");
            case NOT_NULL -> writer.keyword("NOT NULL");
        }
        if (defaultValue != null) {
            writer.keyword("DEFAULT");
            unparseDefault(writer, defaultValue);
        }
        if (identity != null) {
            identity.unparse(writer, 0, 0);
        }
        for (TableConstraint constraint : constraints) {
            constraint.unparseInline(writer);
        }
    }

    /** Operators need brackets here, or NOT NULL behind them would be read as a part of the expression. */
    private static void unparseDefault(SqlWriter writer, SqlNode value) {
        if (value instanceof SqlCall call && !(call.getOperator() instanceof SqlFunction)) {
            SqlWriter.Frame frame = writer.startList("(", ")");
            value.unparse(writer, 0, 0);
            writer.endList(frame);
        } else {
            value.unparse(writer, 0, 0);
        }
    }
}
