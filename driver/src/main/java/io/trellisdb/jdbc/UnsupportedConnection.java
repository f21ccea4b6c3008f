package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.util.Map;

/** The methods of a connection that Trellis does not offer. */
abstract class UnsupportedConnection implements Connection {
    @Override
    public Blob createBlob() throws SQLException {
        throw SqlErrors.unsupported("Connection.createBlob");
    }

    @Override
    public Clob createClob() throws SQLException {
        throw SqlErrors.unsupported("Connection.createClob");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw SqlErrors.unsupported("Connection.createNClob");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw SqlErrors.unsupported("Connection.createSQLXML");
    }

    @Override
    public Struct createStruct(String name, Object[] values) throws SQLException {
        throw SqlErrors.unsupported("Connection.createStruct");
    }

    @Override
    public CallableStatement prepareCall(String name, int length, int length2, int length3) throws SQLException {
        throw SqlErrors.unsupported("Connection.prepareCall");
    }

    @Override
    public CallableStatement prepareCall(String name, int length, int length2) throws SQLException {
        throw SqlErrors.unsupported("Connection.prepareCall");
    }

    @Override
    public CallableStatement prepareCall(String name) throws SQLException {
        throw SqlErrors.unsupported("Connection.prepareCall");
    }

    @Override
    public PreparedStatement prepareStatement(String name, int[] values) throws SQLException {
        throw SqlErrors.unsupported("Connection.prepareStatement");
    }

    @Override
    public void releaseSavepoint(Savepoint value) throws SQLException {
        throw SqlErrors.unsupported("Connection.releaseSavepoint");
    }

    @Override
    public void rollback(Savepoint value) throws SQLException {
        throw SqlErrors.unsupported("Connection.rollback");
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw SqlErrors.unsupported("Connection.setSavepoint");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw SqlErrors.unsupported("Connection.setSavepoint");
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> value) throws SQLException {
        throw SqlErrors.unsupported("Connection.setTypeMap");
    }
}
