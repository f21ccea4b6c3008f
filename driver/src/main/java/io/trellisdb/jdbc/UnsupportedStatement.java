package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.sql.Statement;

/** The methods of a statement that Trellis does not offer. */
abstract class UnsupportedStatement implements Statement {
    @Override
    public boolean execute(String name, int[] values) throws SQLException {
        throw SqlErrors.unsupported("Statement.execute");
    }

    @Override
    public int executeUpdate(String name, int[] values) throws SQLException {
        throw SqlErrors.unsupported("Statement.executeUpdate");
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        throw SqlErrors.unsupported("Statement.setCursorName");
    }
}
