package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** The methods of a prepared statement that Trellis does not offer. */
abstract class UnsupportedPreparedStatement extends CommonStatement implements PreparedStatement {
    UnsupportedPreparedStatement(TrellisConnection connection) {
        super(connection);
    }

    @Override
    public void setBlob(int position, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setBlob");
    }

    @Override
    public void setBlob(int position, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setBlob");
    }

    @Override
    public void setBlob(int position, Blob value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setBlob");
    }

    @Override
    public void setClob(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setClob");
    }

    @Override
    public void setClob(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setClob");
    }

    @Override
    public void setClob(int position, Clob value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setClob");
    }

    @Override
    public void setNClob(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setNClob");
    }

    @Override
    public void setNClob(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setNClob");
    }

    @Override
    public void setNClob(int position, NClob value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setNClob");
    }

    @Override
    public void setRef(int position, Ref value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setRef");
    }

    @Override
    public void setRowId(int position, RowId value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setRowId");
    }

    @Override
    public void setSQLXML(int position, SQLXML value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setSQLXML");
    }

    @Override
    public void setURL(int position, URL value) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setURL");
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int position, InputStream value, int length) throws SQLException {
        throw SqlErrors.unsupported("PreparedStatement.setUnicodeStream");
    }
}
