package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** The methods that would change rows through a result: Trellis changes rows by statements only. */
abstract class UnsupportedResultUpdates implements ResultSet {
    @Override
    public void cancelRowUpdates() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.cancelRowUpdates");
    }

    @Override
    public void deleteRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.deleteRow");
    }

    @Override
    public void insertRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.insertRow");
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.moveToCurrentRow");
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.moveToInsertRow");
    }

    @Override
    public void refreshRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.refreshRow");
    }

    @Override
    public void updateArray(String name, Array value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateArray");
    }

    @Override
    public void updateArray(int position, Array value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateArray");
    }

    @Override
    public void updateAsciiStream(String name, InputStream value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateAsciiStream(String name, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateAsciiStream(String name, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateAsciiStream(int position, InputStream value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateAsciiStream(int position, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateAsciiStream(int position, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateAsciiStream");
    }

    @Override
    public void updateBigDecimal(String name, BigDecimal value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBigDecimal");
    }

    @Override
    public void updateBigDecimal(int position, BigDecimal value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBigDecimal");
    }

    @Override
    public void updateBinaryStream(String name, InputStream value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBinaryStream(String name, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBinaryStream(String name, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBinaryStream(int position, InputStream value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBinaryStream(int position, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBinaryStream(int position, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBinaryStream");
    }

    @Override
    public void updateBlob(String name, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBlob(String name, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBlob(String name, Blob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBlob(int position, InputStream value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBlob(int position, InputStream value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBlob(int position, Blob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBlob");
    }

    @Override
    public void updateBoolean(String name, boolean value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBoolean");
    }

    @Override
    public void updateBoolean(int position, boolean value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBoolean");
    }

    @Override
    public void updateByte(String name, byte value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateByte");
    }

    @Override
    public void updateByte(int position, byte value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateByte");
    }

    @Override
    public void updateBytes(String name, byte[] values) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBytes");
    }

    @Override
    public void updateBytes(int position, byte[] values) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateBytes");
    }

    @Override
    public void updateCharacterStream(String name, Reader value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateCharacterStream(String name, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateCharacterStream(String name, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateCharacterStream(int position, Reader value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateCharacterStream(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateCharacterStream(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateCharacterStream");
    }

    @Override
    public void updateClob(String name, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateClob(String name, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateClob(String name, Clob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateClob(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateClob(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateClob(int position, Clob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateClob");
    }

    @Override
    public void updateDate(String name, Date value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateDate");
    }

    @Override
    public void updateDate(int position, Date value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateDate");
    }

    @Override
    public void updateDouble(String name, double value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateDouble");
    }

    @Override
    public void updateDouble(int position, double value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateDouble");
    }

    @Override
    public void updateFloat(String name, float value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateFloat");
    }

    @Override
    public void updateFloat(int position, float value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateFloat");
    }

    @Override
    public void updateInt(String name, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateInt");
    }

    @Override
    public void updateInt(int position, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateInt");
    }

    @Override
    public void updateLong(String name, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateLong");
    }

    @Override
    public void updateLong(int position, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateLong");
    }

    @Override
    public void updateNCharacterStream(String name, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNCharacterStream");
    }

    @Override
    public void updateNCharacterStream(String name, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNCharacterStream");
    }

    @Override
    public void updateNCharacterStream(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNCharacterStream");
    }

    @Override
    public void updateNCharacterStream(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNCharacterStream");
    }

    @Override
    public void updateNClob(String name, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNClob(String name, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNClob(String name, NClob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNClob(int position, Reader value, long length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNClob(int position, Reader value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNClob(int position, NClob value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNClob");
    }

    @Override
    public void updateNString(String name, String text) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNString");
    }

    @Override
    public void updateNString(int position, String text) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNString");
    }

    @Override
    public void updateNull(String name) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNull");
    }

    @Override
    public void updateNull(int position) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateNull");
    }

    @Override
    public void updateObject(String name, Object value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(String name, Object value, SQLType value2, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(String name, Object value, SQLType value2) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(String name, Object value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(int position, Object value, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(int position, Object value, SQLType value2, int length) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(int position, Object value, SQLType value2) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateObject(int position, Object value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateObject");
    }

    @Override
    public void updateRef(String name, Ref value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateRef");
    }

    @Override
    public void updateRef(int position, Ref value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateRef");
    }

    @Override
    public void updateRow() throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateRow");
    }

    @Override
    public void updateRowId(String name, RowId value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateRowId");
    }

    @Override
    public void updateRowId(int position, RowId value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateRowId");
    }

    @Override
    public void updateSQLXML(String name, SQLXML value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateSQLXML");
    }

    @Override
    public void updateSQLXML(int position, SQLXML value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateSQLXML");
    }

    @Override
    public void updateShort(String name, short value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateShort");
    }

    @Override
    public void updateShort(int position, short value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateShort");
    }

    @Override
    public void updateString(String name, String text) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateString");
    }

    @Override
    public void updateString(int position, String text) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateString");
    }

    @Override
    public void updateTime(String name, Time value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateTime");
    }

    @Override
    public void updateTime(int position, Time value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateTime");
    }

    @Override
    public void updateTimestamp(String name, Timestamp value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateTimestamp");
    }

    @Override
    public void updateTimestamp(int position, Timestamp value) throws SQLException {
        throw SqlErrors.unsupported("ResultSet.updateTimestamp");
    }
}
