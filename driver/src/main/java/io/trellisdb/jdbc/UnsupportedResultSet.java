package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import java.io.InputStream;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** The methods of a result that Trellis does not offer besides changing rows: moving other than forward, large objects. */
abstract class UnsupportedResultSet extends UnsupportedResultUpdates implements ResultSet {
    @Override
    public boolean absolute(int number) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.absolute");
    }

    @Override
    public void afterLast() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.afterLast");
    }

    @Override
    public void beforeFirst() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.beforeFirst");
    }

    @Override
    public boolean first() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.first");
    }

    @Override
    public Blob getBlob(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getBlob");
    }

    @Override
    public Blob getBlob(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getBlob");
    }

    @Override
    public Clob getClob(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getClob");
    }

    @Override
    public Clob getClob(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getClob");
    }

    @Override
    public String getCursorName() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getCursorName");
    }

    @Override
    public NClob getNClob(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getNClob");
    }

    @Override
    public NClob getNClob(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getNClob");
    }

    @Override
    public Ref getRef(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getRef");
    }

    @Override
    public Ref getRef(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getRef");
    }

    @Override
    public RowId getRowId(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getRowId");
    }

    @Override
    public RowId getRowId(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getRowId");
    }

    @Override
    public SQLXML getSQLXML(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getSQLXML");
    }

    @Override
    public SQLXML getSQLXML(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getSQLXML");
    }

    @Override
    public URL getURL(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getURL");
    }

    @Override
    public URL getURL(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getURL");
    }

    @Deprecated
    @Override
    public InputStream getUnicodeStream(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getUnicodeStream");
    }

    @Deprecated
    @Override
    public InputStream getUnicodeStream(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.getUnicodeStream");
    }

    @Override
    public boolean isLast() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.isLast");
    }

    @Override
    public boolean last() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.last");
    }

    @Override
    public boolean previous() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.previous");
    }

    @Override
    public boolean relative(int number) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.relative");
    }
}
