package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.jdbc.value.ColumnReader;
import io.trellisdb.jdbc.value.ColumnReader.TypedList;
import io.trellisdb.jdbc.value.ParameterConversion;
import io.trellisdb.jdbc.value.SqlTypes;
import io.trellisdb.jdbc.wire.RowSource;
import io.trellisdb.jdbc.wire.Session;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.SessionSetting;
import java.sql.Array;
import java.sql.ClientInfoStatus;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection: the JDBC face of a {@link Session}, which does the work and holds the lock. */
final class TrellisConnection extends UnsupportedConnection implements JdbcWrapper {
    /** The one client info that means something here. */
    static final String APPLICATION_NAME = "ApplicationName";

    private final ConnectionUrl url;
    private final Session session;
    private final int defaultFetchSize;
    private final int defaultQueryTimeoutSeconds;
    private volatile NamedZone zone = new NamedZone("UTC", ZoneId.of("UTC"));
    private @Nullable SQLWarning warnings;

    TrellisConnection(ConnectionUrl url, Session session) throws SQLException {
        this.url = url;
        this.session = session;
        this.defaultFetchSize = url.fetchSize();
        // JDBC counts seconds, so that a part of one becomes a whole one
        long queryTimeoutMillis = url.duration(ConnectionProperty.QUERY_TIMEOUT).toMillis();
        this.defaultQueryTimeoutSeconds = (int) ((queryTimeoutMillis + 999) / 1_000);
    }

    Session session() {
        return session;
    }

    ConnectionUrl url() {
        return url;
    }

    int defaultFetchSize() {
        return defaultFetchSize;
    }

    int defaultQueryTimeoutSeconds() {
        return defaultQueryTimeoutSeconds;
    }

    void checkOpen() throws SQLException {
        if (session.isClosed()) {
            throw SqlErrors.of(ErrorCode.CONNECTION_CLOSED, "connection is closed");
        }
    }

    private ZoneId zone() throws SQLException {
        String name = session.setting(SessionSetting.TIME_ZONE);
        NamedZone known = zone;
        if (known.name.equals(name)) {
            return known.zone;
        }
        try {
            ZoneId parsed = ZoneId.of(name.isEmpty() ? "UTC" : name);
            zone = new NamedZone(name, parsed);
            return parsed;
        } catch (DateTimeException e) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "session's time zone is unknown to this JVM: " + name, e);
        }
    }

    /** A zone beside the text that it was parsed from, since every result needs it. */
    private record NamedZone(String name, ZoneId zone) {}

    ParameterConversion parameterConversion() throws SQLException {
        return new ParameterConversion(zone());
    }

    TrellisResultSet resultSet(RowSource rows, @Nullable CommonStatement statement, int fetchSize) throws SQLException {
        ZoneId zone = zone();
        ColumnReader reader = new ColumnReader(zone, list -> new TrellisArray(list, zone));
        return new TrellisResultSet(rows, reader, statement, getCatalog(), fetchSize);
    }

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        return new TrellisStatement(this);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return createStatement(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        TrellisStatement statement = new TrellisStatement(this);
        statement.checkOpen();
        warnOfType(type, concurrency, holdability, statement);
        return statement;
    }

    /** A result that cannot be scrolled is offered in place of one that can, with a warning, as JDBC allows. */
    private static void warnOfType(int type, int concurrency, int holdability, CommonStatement statement)
            throws SQLException {
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw SqlErrors.unsupported("results that can be updated");
        } else if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw SqlErrors.unsupported("results that are closed at commit");
        } else if (type != ResultSet.TYPE_FORWARD_ONLY) {
            statement.addWarning(new SQLWarning("results are read forward only", "01T01"));
        }
    }

    private TrellisPreparedStatement prepare(String sql, GeneratedKeys keys) throws SQLException {
        checkOpen();
        long deadlineMillis = defaultQueryTimeoutSeconds * 1_000L;
        return new TrellisPreparedStatement(this, session.prepare(JdbcEscapes.translate(sql), keys, deadlineMillis));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, GeneratedKeys.none());
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, CommonStatement.keys(autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String @Nullable [] columnNames) throws SQLException {
        return prepare(sql, CommonStatement.keys(columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepareStatement(sql, type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        TrellisPreparedStatement statement = prepare(sql, GeneratedKeys.none());
        warnOfType(type, concurrency, holdability, statement);
        return statement;
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return JdbcEscapes.translate(sql);
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        checkOpen();
        session.setAutoCommit(autoCommit);
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return session.isAutoCommit();
    }

    private void checkTransaction() throws SQLException {
        checkOpen();
        if (session.isAutoCommit() && !session.isInTransaction()) {
            throw SqlErrors.of(ErrorCode.NO_ACTIVE_TRANSACTION, "autocommit is on: there is no transaction to end");
        }
    }

    @Override
    public void commit() throws SQLException {
        checkTransaction();
        session.commit();
    }

    @Override
    public void rollback() throws SQLException {
        checkTransaction();
        session.rollback();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        switch (level) {
            case TRANSACTION_READ_COMMITTED -> session.set(SessionSetting.ISOLATION, "READ COMMITTED");
            case TRANSACTION_REPEATABLE_READ -> session.set(SessionSetting.ISOLATION, "REPEATABLE READ");
            default -> throw SqlErrors.unsupported("isolation level " + level + ": READ COMMITTED is offered");
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return session.setting(SessionSetting.ISOLATION).equals("REPEATABLE READ")
                ? TRANSACTION_REPEATABLE_READ
                : TRANSACTION_READ_COMMITTED;
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
        if (session.isInTransaction()) {
            throw SqlErrors.of(ErrorCode.ACTIVE_TRANSACTION, "read-only cannot change inside a transaction");
        }
        session.set(SessionSetting.READ_ONLY, String.valueOf(readOnly));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return session.setting(SessionSetting.READ_ONLY).equals("true");
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        checkOpen();
        if (schema == null || schema.isEmpty()) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "schema has no name");
        }
        session.set(SessionSetting.DATABASE, schema);
    }

    @Override
    public @Nullable String getSchema() throws SQLException {
        checkOpen();
        String schema = session.setting(SessionSetting.DATABASE);
        return schema.isEmpty() ? null : schema;
    }

    /** There is one catalog, the cluster; any other is refused. */
    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        checkOpen();
        if (catalog != null && !catalog.isEmpty() && !catalog.equals(getCatalog())) {
            throw SqlErrors.of(
                    ErrorCode.UNKNOWN_DATABASE,
                    "catalog does not exist: " + catalog + ", this cluster is " + getCatalog());
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return session.welcome().catalogName();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new TrellisDatabaseMetaData(this);
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw SqlErrors.unsupported("results that are closed at commit");
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "timeout is negative: " + timeoutSeconds);
        }
        return !session.isClosed() && session.ping(timeoutSeconds * 1_000L);
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        try {
            checkOpen();
            if (name.equals(APPLICATION_NAME)) {
                session.set(SessionSetting.APPLICATION_NAME, value == null ? "" : value);
            } else {
                addWarning(new SQLWarning("client info is unknown and not kept: " + name, "01T02"));
            }
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(), e.getSQLState(), Map.of(name, ClientInfoStatus.REASON_UNKNOWN), e);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        setClientInfo(APPLICATION_NAME, properties.getProperty(APPLICATION_NAME));
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        checkOpen();
        return name.equals(APPLICATION_NAME) ? session.setting(SessionSetting.APPLICATION_NAME) : null;
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(APPLICATION_NAME, session.setting(SessionSetting.APPLICATION_NAME));
        return properties;
    }

    @Override
    public Array createArrayOf(String typeName, Object @Nullable [] elements) throws SQLException {
        checkOpen();
        DataType type = arrayElementType(typeName);
        List<? extends @Nullable Object> values = elements == null ? List.of() : Arrays.asList(elements);
        @Nullable Object[] boxed = new Object[values.size()];
        ParameterConversion conversion = parameterConversion();
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = conversion.convert(values.get(i), type);
        }
        return new TrellisArray(new TypedList(type, Arrays.asList(boxed)), zone());
    }

    private static DataType arrayElementType(String typeName) throws SQLException {
        String wanted = typeName.strip().toUpperCase(Locale.ROOT);
        if (wanted.equals("DECIMAL") || wanted.equals("NUMERIC")) {
            return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, DataType.MAX_LONG_DECIMAL_PRECISION);
        }
        for (TypeKind kind : TypeKind.values()) {
            boolean isElement = kind != TypeKind.ARRAY && kind != TypeKind.NULL;
            if (isElement && SqlTypes.name(SqlTypes.ofKind(kind)).equals(wanted)) {
                return SqlTypes.ofKind(kind);
            }
        }
        throw SqlErrors.of(ErrorCode.UNKNOWN_OBJECT, "type of array elements is unknown: " + typeName);
    }

    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
        checkOpen();
        if (millis < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "network timeout is negative: " + millis);
        }
        session.networkTimeoutMillis(millis);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return (int) session.networkTimeoutMillis();
    }

    private void addWarning(SQLWarning warning) {
        // only the newest: nobody reads a long chain of these
        warnings = warning;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "abort needs an executor");
        }
        session.abort();
    }
}
