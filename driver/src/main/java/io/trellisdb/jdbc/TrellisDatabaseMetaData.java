package io.trellisdb.jdbc;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.jdbc.url.DriverVersion;
import io.trellisdb.jdbc.value.SqlTypes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names, versions and terms; the catalog's contents come from {@link CatalogMetaData}. */
final class TrellisDatabaseMetaData extends CatalogMetaData implements JdbcWrapper {
    private static final int MAX_PART = 32;

    private final TrellisConnection connection;

    TrellisDatabaseMetaData(TrellisConnection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.url().url();
    }

    @Override
    public String getUserName() {
        return connection.url().user();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public String getDatabaseProductName() {
        return "Trellis";
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        return connection.session().welcome().serverVersion();
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return versionPart(0);
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return versionPart(1);
    }

    private int versionPart(int index) throws SQLException {
        String[] parts = getDatabaseProductVersion().split("\\.", MAX_PART);
        return index < parts.length && parts[index].matches("\\d{1,9}") ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public String getDriverName() {
        return DriverVersion.NAME;
    }

    @Override
    public String getDriverVersion() {
        return DriverVersion.text();
    }

    @Override
    public int getDriverMajorVersion() {
        return DriverVersion.MAJOR;
    }

    @Override
    public int getDriverMinorVersion() {
        return DriverVersion.MINOR;
    }

    @Override
    public int getJDBCMajorVersion() {
        return 4;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public String getIdentifierQuoteString() {
        return "\"";
    }

    @Override
    public String getSearchStringEscape() {
        return "\\";
    }

    @Override
    public String getExtraNameCharacters() {
        return "";
    }

    @Override
    public String getSchemaTerm() {
        return "database";
    }

    @Override
    public String getCatalogTerm() {
        return "cluster";
    }

    @Override
    public String getCatalogSeparator() {
        return ".";
    }

    @Override
    public String getProcedureTerm() {
        return "procedure";
    }

    /** Words that Trellis reserves and SQL:2003 does not. */
    @Override
    public String getSQLKeywords() {
        return "ASOF,DATABASE,DESCRIBE,EXPLAIN,KILL,LIMIT,MATCH_CONDITION,QUALIFY,SHOW,UPSERT,USE";
    }

    @Override
    public String getNumericFunctions() {
        return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,ROUND,SIGN,SIN,SQRT,"
                + "TAN,TRUNCATE";
    }

    @Override
    public String getStringFunctions() {
        return "CONCAT,LCASE,LENGTH,LTRIM,REPLACE,RTRIM,SUBSTRING,UCASE";
    }

    @Override
    public String getSystemFunctions() {
        return "IFNULL,USER";
    }

    @Override
    public String getTimeDateFunctions() {
        return "CURDATE,CURTIME,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,EXTRACT,NOW";
    }

    @Override
    public int getDefaultTransactionIsolation() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) {
        return level == Connection.TRANSACTION_READ_COMMITTED;
    }

    @Override
    public boolean supportsResultSetType(int type) {
        return type == ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int concurrency) {
        return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public boolean supportsResultSetHoldability(int holdability) {
        return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public int getResultSetHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public int getSQLStateType() {
        return sqlStateSQL;
    }

    @Override
    public RowIdLifetime getRowIdLifetime() {
        return RowIdLifetime.ROWID_UNSUPPORTED;
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return new MetaRows("NAME", "MAX_LEN#", "DEFAULT_VALUE", "DESCRIPTION")
                .add(TrellisConnection.APPLICATION_NAME, 128, "", "Shown by SHOW SESSIONS and in the server's logs")
                .toResultSet(connection);
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        MetaRows rows = new MetaRows(
                "TYPE_NAME",
                "DATA_TYPE#",
                "PRECISION#",
                "LITERAL_PREFIX",
                "LITERAL_SUFFIX",
                "CREATE_PARAMS",
                "NULLABLE#",
                "CASE_SENSITIVE?",
                "SEARCHABLE#",
                "UNSIGNED_ATTRIBUTE?",
                "FIXED_PREC_SCALE?",
                "AUTO_INCREMENT?",
                "LOCAL_TYPE_NAME",
                "MINIMUM_SCALE#",
                "MAXIMUM_SCALE#",
                "SQL_DATA_TYPE#",
                "SQL_DATETIME_SUB#",
                "NUM_PREC_RADIX#");
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.NULL && kind != TypeKind.ARRAY) {
                addType(rows, kind);
            }
        }
        rows.add(
                "ARRAY",
                Types.ARRAY,
                0,
                "ARRAY[",
                "]",
                null,
                typeNullable,
                false,
                typePredNone,
                true,
                false,
                false,
                "ARRAY",
                0,
                0,
                0,
                0,
                null);
        return rows.sortBy(1).toResultSet(connection);
    }

    private static void addType(MetaRows rows, TypeKind kind) {
        DataType type = SqlTypes.ofKind(kind);
        rows.add(
                SqlTypes.name(type),
                SqlTypes.code(type),
                SqlTypes.precision(type),
                literalPrefix(kind),
                kind.isNumeric() || kind == TypeKind.BOOLEAN ? null : "'",
                parameters(kind),
                typeNullable,
                kind.isString(),
                typeSearchable,
                !kind.isNumeric(),
                false,
                kind.isInteger(),
                SqlTypes.name(type),
                0,
                kind == TypeKind.DECIMAL ? DataType.MAX_DECIMAL_PRECISION : SqlTypes.scale(type),
                0,
                0,
                kind.isNumeric() ? 10 : null);
    }

    private static @Nullable String literalPrefix(TypeKind kind) {
        return switch (kind) {
            case DATE -> "DATE '";
            case TIME -> "TIME '";
            case TIMESTAMP -> "TIMESTAMP '";
            case TIMESTAMP_LTZ -> "TIMESTAMP WITH LOCAL TIME ZONE '";
            case INTERVAL_MONTH, INTERVAL_NANO -> "INTERVAL '";
            case BINARY, VARBINARY, BLOB -> "X'";
            case UUID -> "UUID '";
            case CHAR, VARCHAR, TEXT -> "'";
            default -> null;
        };
    }

    private static @Nullable String parameters(TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> "precision,scale";
            case CHAR, VARCHAR, BINARY, VARBINARY -> "length";
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> "precision";
            default -> null;
        };
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        MetaRows rows = new MetaRows("TABLE_TYPE");
        for (String type : List.of(SYSTEM_TABLE, TABLE, VIEW)) {
            rows.add(type);
        }
        return rows.toResultSet(connection);
    }
}
