package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool lends: what the application gets is a handle whose {@code close} gives it back. A failure of class
 * 08 on the handle tells the pool that the connection is of no more use.
 */
final class TrellisPooledConnection implements PooledConnection {
    private final TrellisConnection physical;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Handle handle;

    TrellisPooledConnection(TrellisConnection physical) {
        this.physical = physical;
    }

    /** A new handle; the one before is closed, and what it left open is rolled back. */
    @Override
    public Connection getConnection() throws SQLException {
        physical.checkOpen();
        if (handle != null) {
            handle.isClosed = true;
        }
        if (physical.session().isInTransaction()) {
            physical.session().rollback();
        }
        physical.setAutoCommit(true);
        Handle created = new Handle();
        handle = created;
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> created.call(method, arguments));
    }

    @Override
    public void close() {
        physical.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    /** Statements are not pooled, so there is nothing to tell. */
    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        // see above
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        // see above
    }

    /** The application's view of the connection for one loan. */
    private final class Handle {
        private boolean isClosed;

        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    giveBack();
                    return null;
                }
                case "isClosed" -> {
                    return isClosed || physical.isClosed();
                }
                case "equals" -> {
                    return arguments != null
                            && arguments[0] != null
                            && Proxy.isProxyClass(arguments[0].getClass())
                            && arguments[0].hashCode() == System.identityHashCode(this);
                }
                case "hashCode" -> {
                    return System.identityHashCode(this);
                }
                default -> {
                    if (isClosed && method.getDeclaringClass() != Object.class) {
                        throw SqlErrors.of(ErrorCode.CONNECTION_CLOSED, "connection was given back to its pool");
                    }
                }
            }
            return invoke(method, arguments);
        }

        private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(physical, arguments);
            } catch (InvocationTargetException e) {
                Throwable failure = e.getCause() == null ? e : e.getCause();
                if (failure instanceof SQLException sql && isLoss(sql)) {
                    ConnectionEvent event = new ConnectionEvent(TrellisPooledConnection.this, sql);
                    listeners.forEach(listener -> listener.connectionErrorOccurred(event));
                }
                throw failure;
            }
        }

        private boolean isLoss(SQLException e) {
            String state = e.getSQLState();
            return state != null && state.startsWith("08");
        }

        private void giveBack() {
            if (!isClosed) {
                isClosed = true;
                ConnectionEvent event = new ConnectionEvent(TrellisPooledConnection.this);
                listeners.forEach(listener -> listener.connectionClosed(event));
            }
        }
    }
}
