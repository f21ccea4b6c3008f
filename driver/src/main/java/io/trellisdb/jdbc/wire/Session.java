package io.trellisdb.jdbc.wire;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.protocol.retry.BackOff;
import io.trellisdb.protocol.retry.RequestState.Kind;
import io.trellisdb.protocol.retry.RetryPolicy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A JDBC connection's side of the wire. Any thread may call; one request runs at a time, cancel and abort beside it. */
public final class Session {
    private static final long CANCEL_TIMEOUT_MILLIS = 5_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkKeeper keeper;
    private final RequestRunner runner;
    private volatile boolean isAutoCommit = true;

    private Session(LinkKeeper keeper, RequestRunner runner) {
        this.keeper = keeper;
        this.runner = runner;
    }

    /** Connects and logs in; 08001 if no host answers, tried once each. */
    public static Session open(ConnectionUrl url, HostMemory memory) throws SQLException {
        SecureRandom random = new SecureRandom();
        long failoverMillis = url.duration(ConnectionProperty.FAILOVER_TIMEOUT).toMillis();
        LinkKeeper keeper =
                new LinkKeeper(new Connector(url, memory, random), initialSettings(url), Math.max(failoverMillis, 1));
        RequestRunner runner = new RequestRunner(
                keeper,
                new RetryPolicy(new BackOff(random)),
                failoverMillis,
                url.duration(ConnectionProperty.NETWORK_TIMEOUT).toMillis());
        try {
            keeper.open(null);
        } catch (IOException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof ServerFailure failure) {
                    throw SqlErrors.of(failure.failure());
                }
            }
            throw SqlErrors.of(ErrorCode.CANNOT_CONNECT, "cannot connect: " + e.getMessage(), e);
        } catch (TrellisException e) {
            throw SqlErrors.of(e);
        }
        return new Session(keeper, runner);
    }

    private static Map<SessionSetting, String> initialSettings(ConnectionUrl url) throws SQLException {
        Map<SessionSetting, String> settings = new EnumMap<>(SessionSetting.class);
        putIfSet(settings, SessionSetting.DATABASE, url.value(ConnectionProperty.DATABASE));
        putIfSet(settings, SessionSetting.TIME_ZONE, url.value(ConnectionProperty.TIME_ZONE));
        putIfSet(settings, SessionSetting.APPLICATION_NAME, url.value(ConnectionProperty.APPLICATION_NAME));
        if (url.isReadOnly()) {
            settings.put(SessionSetting.READ_ONLY, "true");
        }
        return settings;
    }

    private static void putIfSet(Map<SessionSetting, String> settings, SessionSetting setting, String value) {
        if (!value.isEmpty()) {
            settings.put(setting, value);
        }
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Plans a statement. */
    public PreparedPlan prepare(String sql, GeneratedKeys generatedKeys, long deadlineMillis) throws SQLException {
        lock.lock();
        try {
            Answer answer = runner.run(Call.control(new Request.Prepare(sql, generatedKeys)), false, deadlineMillis);
            if (answer.response() instanceof Response.Prepared prepared) {
                return new PreparedPlan(sql, generatedKeys, prepared, answer.link());
            }
            throw unexpected(answer);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a prepared statement with one row of parameters. */
    public Outcome execute(PreparedPlan plan, Batch parameters, ExecuteOptions options) throws SQLException {
        lock.lock();
        try {
            Call call = Call.statement(
                    plan.kind().changesData() ? 1 : 0,
                    plan,
                    token -> new Request.Execute(plan.statement(), parameters, options.limits(), token));
            return outcome(runStatement(call, options.deadlineMillis()), plan, options);
        } finally {
            lock.unlock();
        }
    }

    /** Plans and runs a statement without parameters in one round trip. */
    public Outcome executeText(String sql, ExecuteOptions options) throws SQLException {
        lock.lock();
        try {
            Call call = Call.statement(
                    StatementText.isSurelyRead(sql) ? 0 : 1,
                    null,
                    token -> new Request.ExecuteText(
                            sql, new Batch(1), options.generatedKeys(), options.limits(), token));
            return outcome(runStatement(call, options.deadlineMillis()), null, options);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a prepared changing statement for each row of the batches, in one request. */
    public Response.BatchComplete executeBatch(PreparedPlan plan, List<Batch> parameters, long deadlineMillis)
            throws SQLException {
        lock.lock();
        try {
            int rows = parameters.stream().mapToInt(Batch::rowCount).sum();
            Call call = Call.statement(
                    plan.isAtomicInBatch() ? 1 : rows,
                    plan,
                    token -> new Request.ExecuteBatch(plan.statement(), parameters, Objects.requireNonNull(token)));
            Answer answer = runStatement(call, deadlineMillis);
            if (answer.response() instanceof Response.BatchComplete complete) {
                return complete;
            }
            throw unexpected(answer);
        } finally {
            lock.unlock();
        }
    }

    private Answer runStatement(Call call, long deadlineMillis) throws SQLException {
        return runner.run(call, !isAutoCommit, deadlineMillis);
    }

    private Outcome outcome(Answer answer, @Nullable PreparedPlan plan, ExecuteOptions options) throws SQLException {
        if (answer.response() instanceof Response.Complete complete) {
            return new Outcome.Count(complete.kind(), complete.updateCount(), complete.generatedKeys());
        } else if (answer.response() instanceof Response.RowBatch first) {
            if (plan != null && first.columns() != null) {
                plan.columns(first.columns());
            }
            List<ColumnMetadata> columns =
                    plan != null ? plan.columns() : first.columns() == null ? List.of() : first.columns();
            return new Outcome.Rows(new RemoteRows(
                    this,
                    answer.link(),
                    answer.id(),
                    first,
                    columns,
                    options.limits().creditRows(),
                    options.deadlineMillis()));
        }
        throw unexpected(answer);
    }

    private SQLException unexpected(Answer answer) {
        IOException violation = Link.unexpected(answer.response());
        lostLink(answer.link());
        return SqlErrors.of(ErrorCode.PROTOCOL_VIOLATION, String.valueOf(violation.getMessage()), violation);
    }

    /** Forgets a prepared statement here and on the server. */
    public void close(PreparedPlan plan) {
        lock.lock();
        try {
            Link link = plan.link();
            plan.forget();
            if (link != null && link == keeper.current()) {
                link.send(new Request.CloseStatement(plan.statement()), 0);
            }
        } catch (IOException e) {
            // the statement went with its connection; the next request notices
        } finally {
            lock.unlock();
        }
    }

    public boolean isAutoCommit() {
        return isAutoCommit;
    }

    /** Changing it commits an open transaction, as JDBC demands. */
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        lock.lock();
        try {
            if (autoCommit != isAutoCommit) {
                if (keeper.isInTransaction()) {
                    commit();
                }
                isAutoCommit = autoCommit;
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean isInTransaction() {
        lock.lock();
        try {
            return keeper.isInTransaction();
        } finally {
            lock.unlock();
        }
    }

    /** Commits the open transaction; none is no error. */
    public void commit() throws SQLException {
        lock.lock();
        try {
            if (keeper.isTransactionLost()) {
                keeper.forgetTransaction();
                throw SqlErrors.of(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "connection was lost inside the transaction, which was rolled back: run it again");
            }
            if (keeper.transaction() == TransactionState.NONE) {
                return;
            }
            Call commit = Call.commit(token -> new Request.Commit(Objects.requireNonNull(token)));
            Answer answer = runner.run(commit, false, 0);
            if (!(answer.response() instanceof Response.Complete)) {
                throw unexpected(answer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops the open transaction; none is no error. */
    public void rollback() throws SQLException {
        lock.lock();
        try {
            keeper.forgetTransaction();
            Link link = keeper.current();
            if (link == null || keeper.transaction() == TransactionState.NONE) {
                return;
            }
            long id = link.send(new Request.Rollback(), 0);
            Response answer = link.receive(id, runner.waitMillis(0)).response();
            if (answer instanceof Response.Failure failure) {
                throw SqlErrors.of(failure);
            }
        } catch (IOException e) {
            // what the transaction did is gone with the connection, which is what was asked for
            keeper.drop();
            keeper.forgetTransaction();
        } finally {
            lock.unlock();
        }
    }

    /** Changes a setting on the server and remembers it for the next link. */
    public void set(SessionSetting setting, String value) throws SQLException {
        lock.lock();
        try {
            runner.run(Call.control(new Request.SetSession(Map.of(setting, value))), false, 0);
            keeper.settings().put(setting, value);
        } finally {
            lock.unlock();
        }
    }

    /** A setting as the server or the application last said; empty when neither did. */
    public String setting(SessionSetting setting) throws SQLException {
        lock.lock();
        try {
            String own = keeper.settings().get(setting);
            return own != null ? own : keeper.welcome().settings().getOrDefault(setting, "");
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server answers in time and is not draining. */
    public boolean ping(long timeoutMillis) {
        lock.lock();
        try {
            Link link = keeper.isShut() ? null : keeper.current();
            if (link == null) {
                return !keeper.isShut()
                        && runner.run(Call.control(new Request.Ping()), false, timeoutMillis)
                                        .response()
                                instanceof Response.Pong pong
                        && !pong.draining();
            }
            long id = link.send(new Request.Ping(), timeoutMillis);
            long wait = timeoutMillis == 0 ? runner.waitMillis(0) : timeoutMillis;
            return link.receive(id, wait).response() instanceof Response.Pong pong && !pong.draining();
        } catch (IOException e) {
            keeper.drop();
            return false;
        } catch (SQLException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Stops what the session is running, from any thread and over a connection of its own. */
    public void cancel() throws SQLException {
        Link link = keeper.current();
        if (link == null) {
            return;
        }
        SessionKey key = link.welcome().key();
        try (FrameChannel channel = keeper.openBeside()) {
            channel.send(FrameCodec.encode(new RequestFrame(1, 0, CANCEL_TIMEOUT_MILLIS, new Request.Cancel(key))));
            channel.receive(CANCEL_TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw SqlErrors.of(ErrorCode.CONNECTION_LOST, "cancel could not be delivered: " + e.getMessage(), e);
        }
    }

    public void networkTimeoutMillis(long millis) {
        lock.lock();
        try {
            runner.networkTimeoutMillis(millis);
        } finally {
            lock.unlock();
        }
    }

    public long networkTimeoutMillis() {
        lock.lock();
        try {
            return runner.networkTimeoutMillis();
        } finally {
            lock.unlock();
        }
    }

    /** The last login's answer: names and versions of the server. */
    public Response.Welcome welcome() throws SQLException {
        lock.lock();
        try {
            return keeper.welcome();
        } finally {
            lock.unlock();
        }
    }

    /** Warnings that came since the last call. */
    public List<Response.Warning> takeWarnings() {
        lock.lock();
        try {
            return keeper.takeWarnings();
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        return keeper.isShut();
    }

    /** Says goodbye, waiting for a request under way, and closes. */
    public void close() {
        lock.lock();
        try {
            Link link = keeper.current();
            if (link != null && !keeper.isShut()) {
                link.send(new Request.Goodbye(), 0);
            }
        } catch (IOException e) {
            // the server sees the closed connection instead
        } finally {
            keeper.shut();
            lock.unlock();
        }
    }

    /** Closes at once; a request under way fails. */
    public void abort() {
        keeper.shut();
    }

    long waitMillis(long deadlineMillis) {
        return runner.waitMillis(deadlineMillis);
    }

    SQLException timedOut(Kind kind, long deadlineMillis, SocketTimeoutException e) {
        return runner.timedOut(kind, deadlineMillis, e);
    }

    /** A link failed under a cursor; it is dropped if it is still the one in use. */
    void lostLink(Link link) {
        lock.lock();
        try {
            link.close();
            if (keeper.current() == link) {
                keeper.drop();
            }
        } finally {
            lock.unlock();
        }
    }
}
