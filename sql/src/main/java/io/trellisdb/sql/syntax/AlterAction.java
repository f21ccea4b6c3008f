package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/** One action of ALTER TABLE. */
public sealed interface AlterAction {
    /** Writes the action as SQL. */
    void write(SqlWriter writer);

    /** ADD [COLUMN] [IF NOT EXISTS] definition. */
    record AddColumn(boolean ifNotExists, ColumnDefinition column) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("ADD COLUMN");
            SqlText.ifNotExists(writer, ifNotExists);
            column.unparse(writer, 0, 0);
        }
    }

    /** ADD [CONSTRAINT name] constraint. */
    record AddConstraint(TableConstraint constraint) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("ADD");
            constraint.unparse(writer, 0, 0);
        }
    }

    /** DROP [COLUMN] [IF EXISTS] name. */
    record DropColumn(boolean ifExists, SqlIdentifier column) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("DROP COLUMN");
            SqlText.ifExists(writer, ifExists);
            column.unparse(writer, 0, 0);
        }
    }

    /** DROP CONSTRAINT [IF EXISTS] name. */
    record DropConstraint(boolean ifExists, SqlIdentifier constraint) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("DROP CONSTRAINT");
            SqlText.ifExists(writer, ifExists);
            constraint.unparse(writer, 0, 0);
        }
    }

    /** RENAME [COLUMN] name TO name. */
    record RenameColumn(SqlIdentifier column, SqlIdentifier newName) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("RENAME COLUMN");
            column.unparse(writer, 0, 0);
            writer.keyword("TO");
            newName.unparse(writer, 0, 0);
        }
    }

    /** RENAME TO name. */
    record RenameTable(SqlIdentifier newName) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("RENAME TO");
            newName.unparse(writer, 0, 0);
        }
    }

    /** SET (key = value, …). */
    record SetOptions(List<TableOption> options) implements AlterAction {
        public SetOptions {
            options = List.copyOf(options);
        }

        @Override
        public void write(SqlWriter writer) {
            writer.keyword("SET");
            SqlText.list(writer, options);
        }
    }

    /** ALTER [COLUMN] name {SET DEFAULT value | DROP DEFAULT}; the value is null for DROP DEFAULT. */
    record ChangeDefault(SqlIdentifier column, @Nullable SqlNode value) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("ALTER COLUMN");
            column.unparse(writer, 0, 0);
            if (value == null) {
                writer.keyword("DROP DEFAULT");
            } else {
                writer.keyword("SET DEFAULT");
                value.unparse(writer, 0, 0);
            }
        }
    }

    /** ALTER [COLUMN] name {SET | DROP} NOT NULL. */
    record ChangeNullability(SqlIdentifier column, boolean notNull) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("ALTER COLUMN");
            column.unparse(writer, 0, 0);
            writer.keyword(notNull ? "SET NOT NULL" : "DROP NOT NULL");
        }
    }

    /** ALTER [COLUMN] name [SET DATA] TYPE type. */
    record ChangeType(SqlIdentifier column, SqlDataTypeSpec type) implements AlterAction {
        @Override
        public void write(SqlWriter writer) {
            writer.keyword("ALTER COLUMN");
            column.unparse(writer, 0, 0);
            writer.keyword("TYPE");
            type.unparse(writer, 0, 0);
        }
    }
}
