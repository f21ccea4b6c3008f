package io.trellisdb.server.session;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.sql.session.SessionState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session. {@link #receive} is called by its connection's reading thread; {@link #cancel}, {@link #close} and
 * {@link #info} by any. Requests run one at a time: the lock guards only the queue and the flags.
 */
public final class ClientSession {
    /** Requests that may wait; one more ends the connection. */
    public static final int MAX_WAITING = 1024;

    /** Requests that a worker runs in one go before others get their turn. */
    private static final int RUN_LENGTH = 32;
    /** The most of a statement's text that a log line has. */
    private static final int LOGGED_TEXT = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    /** A logger of its own, so that slow statements can go into a file of their own. */
    private static final Logger SLOW = LoggerFactory.getLogger("io.trellisdb.SlowStatements");

    private final SessionKey key;
    private final SessionState state;
    private final SessionSurroundings surroundings;
    private final ResponseSink sink;
    private final StatementRunner runner;
    private final Instant connectedAt;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean busy;
    /** Closes when the running request is answered. */
    private boolean leaving;

    private boolean closed;
    private volatile @Nullable Running running;
    /** The request that goes on before the next one, on a worker; confined to whoever is busy. */
    private @Nullable Unfinished unfinished;

    private volatile boolean draining;
    private volatile Runnable afterwards = () -> {};

    /** A request, or what is wrong with one whose frame could not be decoded. */
    private record Arrival(
            long id, @Nullable RequestFrame frame, @Nullable TrellisException failure, int sizeBytes, long nanos) {}

    private record Running(Arrival arrival, Optional<String> text, Instant since, SettingsExchange.Snapshot before) {}

    /** A request whose rows wait for the client to read, or which is to be run again. */
    private record Unfinished(Running request, Runnable step) {}

    ClientSession(SessionKey key, SessionState state, SessionSurroundings surroundings, ResponseSink sink) {
        this.key = key;
        this.state = state;
        this.surroundings = surroundings;
        this.sink = sink;
        this.runner = new StatementRunner(surroundings, state, sink);
        this.connectedAt = surroundings.services().wallClock().now();
    }

    public SessionKey key() {
        return key;
    }

    /** Takes the next request; runs it at once when it never waits, nothing is before it and the sink allows that. */
    public void receive(RequestFrame frame, int sizeBytes) {
        take(new Arrival(frame.id(), frame, null, sizeBytes, now()));
    }

    /** Takes, in its turn, a request that could not be decoded: it is answered by the failure. */
    public void receive(long id, TrellisException failure, int sizeBytes) {
        take(new Arrival(Math.max(0, id), null, failure, sizeBytes, now()));
    }

    private long now() {
        return surroundings.services().nanoClock().nanoTime();
    }

    private void take(Arrival arrival) {
        boolean inline = false;
        boolean overflow = false;
        boolean start = false;
        boolean dropped = false;
        lock.lock();
        try {
            if (closed) {
                dropped = true;
            } else if (waiting.size() >= MAX_WAITING) {
                overflow = true;
            } else if (!busy && isQuick(arrival)) {
                busy = true;
                inline = true;
            } else {
                waiting.add(arrival);
                start = !busy;
                busy = true;
            }
        } finally {
            lock.unlock();
        }
        if (dropped) {
            sink.handled(arrival.sizeBytes());
        } else if (overflow) {
            fail(arrival.id(), ErrorCode.LIMIT_EXCEEDED, "session has too many requests waiting: " + MAX_WAITING);
            sink.handled(arrival.sizeBytes());
            close();
        } else if (inline) {
            if (run(arrival, false)) {
                next();
            }
        } else if (start) {
            schedule();
        }
    }

    private boolean isQuick(Arrival arrival) {
        RequestFrame frame = arrival.frame();
        return frame != null && sink.runsQuickRequests() && sink.isWritable() && runner.isQuick(frame.request());
    }

    private void schedule() {
        while (true) {
            try {
                surroundings.workers().execute(this::drain);
                return;
            } catch (RejectedExecutionException e) {
                if (!refuseOne()) {
                    return;
                }
            }
        }
    }

    /** Answers what is next by a refusal; false when nothing waits and the session is idle. */
    private boolean refuseOne() {
        String why = "too many statements are waiting on this node: query.queue is full, try again later";
        Unfinished left = unfinished;
        if (left != null) {
            runner.results().drop();
            fail(left.request().arrival().id(), ErrorCode.INSUFFICIENT_RESOURCES, why);
            finish(left.request());
            return true;
        }
        Arrival refused = poll();
        if (refused != null) {
            fail(refused.id(), ErrorCode.INSUFFICIENT_RESOURCES, why);
            sink.handled(refused.sizeBytes());
        }
        return refused != null;
    }

    private void drain() {
        for (int i = 0; i < RUN_LENGTH; i++) {
            if (!sink.isWritable()) {
                sink.whenWritable(this::schedule);
                return;
            }
            Unfinished left = unfinished;
            if (left != null) {
                perform(left.request(), left.step());
                continue;
            }
            Arrival arrival = poll();
            if (arrival == null || !run(arrival, true)) {
                return;
            }
        }
        next();
    }

    /** The next request, or null after which the session is idle; a closed one then ends. */
    private @Nullable Arrival poll() {
        boolean release = false;
        Arrival arrival;
        lock.lock();
        try {
            arrival = closed ? null : waiting.poll();
            if (arrival == null) {
                busy = false;
                release = closed;
            }
        } finally {
            lock.unlock();
        }
        if (release) {
            end();
        }
        return arrival;
    }

    /** Goes on with what waits, on a worker. */
    private void next() {
        boolean more;
        boolean release = false;
        lock.lock();
        try {
            more = unfinished != null || !closed && !waiting.isEmpty();
            if (!more) {
                busy = false;
                release = closed;
            }
        } finally {
            lock.unlock();
        }
        if (release) {
            end();
        } else if (more) {
            schedule();
        }
    }

    /** Runs a request; false when its answer comes later, until when the session stays busy. */
    private boolean run(Arrival arrival, boolean mayWait) {
        RequestFrame frame = arrival.frame();
        Optional<String> text = frame == null ? Optional.empty() : runner.textOf(frame.request());
        Running now = new Running(
                arrival, text, surroundings.services().wallClock().now(), SettingsExchange.Snapshot.of(state));
        running = now;
        runner.begins(mayWait);
        return perform(now, () -> dispatch(arrival));
    }

    private void dispatch(Arrival arrival) {
        RequestFrame frame = arrival.frame();
        if (frame == null) {
            throw Objects.requireNonNull(arrival.failure(), "arrival is empty");
        }
        dispatch(frame, deadline(frame, arrival.nanos()));
    }

    /** The owners have answered: tells the client, on a thread of its connection. */
    private void complete(Running request, PendingChange change, @Nullable Throwable failure) {
        if (change.needsNewPlan(failure)) {
            unfinished = new Unfinished(request, () -> {
                runner.waitForChanges();
                dispatch(request.arrival());
            });
        } else {
            perform(request, () -> change.answer(failure));
        }
        next();
    }

    /** Runs a step of a request; false when the request's end comes by itself, perhaps before this returns. */
    private boolean perform(Running request, Runnable step) {
        unfinished = null;
        PendingChange pending = null;
        long id = request.arrival().id();
        try {
            step.run();
        } catch (TrellisException e) {
            fail(id, Response.Failure.of(e));
        } catch (BatchRowFailure e) {
            fail(id, Response.Failure.of(e.failure().code(), e.failure().getMessage(), 0, e.row()));
        } catch (StackOverflowError e) {
            LOG.error("statement is nested too deeply: {}, {}", key, logged(request));
            fail(id, ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply");
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.error("statement failed by a defect: {}, {}", key, logged(request), e);
            fail(id, ErrorCode.INTERNAL, "statement failed by a defect of Trellis: " + e);
        } finally {
            pending = runner.takePending();
            if (pending == null && runner.results().isSending() && !isClosed()) {
                unfinished = new Unfinished(request, runner.results()::goOn);
            } else if (pending == null) {
                runner.results().drop();
                finish(request);
            }
        }
        if (pending == null) {
            return true;
        }
        PendingChange change = pending;
        change.whenDone(failure -> sink.runSoon(() -> complete(request, change, failure)));
        return false;
    }

    private void finish(Running request) {
        unfinished = null;
        runner.finished();
        running = null;
        report(request.before());
        count(request);
        sink.handled(request.arrival().sizeBytes());
        if (isLeaving()) {
            close();
        }
    }

    private static String logged(Running request) {
        String text = request.text().orElse("").replaceAll("\\s+", " ");
        return text.length() <= LOGGED_TEXT ? text : text.substring(0, LOGGED_TEXT) + "…";
    }

    private boolean isLeaving() {
        lock.lock();
        try {
            return leaving;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private long deadline(RequestFrame frame, long arrived) {
        long limit = Long.MAX_VALUE;
        if (frame.deadlineMillis() > 0) {
            limit = Math.min(frame.deadlineMillis(), Integer.MAX_VALUE) * 1_000_000L;
        }
        long timeout = state.statementTimeout().toNanos();
        if (timeout > 0) {
            limit = Math.min(limit, timeout);
        }
        return limit == Long.MAX_VALUE ? Long.MAX_VALUE : arrived + limit;
    }

    private void dispatch(RequestFrame frame, long deadlineNanos) {
        StatementRunner.Reply reply = response -> send(frame.id(), response);
        Request request = frame.request();
        if (request instanceof Request.Execute execute) {
            checkToken(execute.token());
            runner.execute(execute, deadlineNanos, reply);
        } else if (request instanceof Request.ExecuteText text) {
            checkToken(text.token());
            runner.executeText(text, deadlineNanos, reply);
        } else if (request instanceof Request.ExecuteBatch batch) {
            checkToken(batch.token());
            runner.executeBatch(batch, deadlineNanos, reply);
        } else if (request instanceof Request.Fetch fetch) {
            runner.fetch(fetch, reply);
        } else if (request instanceof Request.Prepare prepare) {
            runner.prepare(prepare, reply);
        } else if (request instanceof Request.CloseCursor close) {
            runner.closeCursor(close);
        } else if (request instanceof Request.CloseStatement close) {
            runner.closeStatement(close);
        } else if (request instanceof Request.SetSession set) {
            SettingsExchange.write(state, set.settings(), surroundings.services());
            reply.send(new Response.Done());
        } else if (request instanceof Request.Begin) {
            runner.begin(reply);
        } else if (request instanceof Request.Commit commit) {
            checkToken(commit.token());
            runner.commit(commit.token(), deadlineNanos, reply);
        } else if (request instanceof Request.Rollback) {
            runner.rollback(reply);
        } else if (request instanceof Request.AskOutcome ask) {
            checkToken(ask.token());
            runner.askOutcome(ask, reply);
        } else if (request instanceof Request.Ping) {
            reply.send(new Response.Pong(draining));
        } else if (request instanceof Request.ReadTable) {
            reply.send(new Response.ClusterTable(surroundings.services().partitionTable()));
        } else if (request instanceof Request.Goodbye) {
            close();
        } else {
            fail(frame.id(), ErrorCode.PROTOCOL_VIOLATION, "request does not belong into an open session");
            close();
        }
    }

    private void checkToken(io.trellisdb.common.token.@Nullable Token token) {
        if (token != null && token.session() != key.session()) {
            throw new TrellisException(ErrorCode.PROTOCOL_VIOLATION, "token belongs to another session");
        }
    }

    /** Tells the client which of its settings a statement such as USE or SET has changed. */
    private void report(SettingsExchange.Snapshot before) {
        SettingsExchange.Snapshot after = SettingsExchange.Snapshot.of(state);
        if (!after.equals(before)) {
            Map<SessionSetting, String> old = before.texts();
            after.texts().forEach((setting, value) -> {
                if (!value.equals(old.get(setting))) {
                    send(0, new Response.SessionChanged(setting, value));
                }
            });
        }
    }

    private void count(Running request) {
        long nanos = now() - request.arrival().nanos();
        surroundings.metrics().ran(nanos);
        if (request.text().isPresent() && nanos >= surroundings.slowStatement().toNanos()) {
            surroundings.metrics().wasSlow();
            SLOW.warn(
                    "slow statement: {} ms, {}, user {}, database {}: {}",
                    nanos / 1_000_000,
                    key,
                    state.user(),
                    state.database(),
                    logged(request));
        }
    }

    private void fail(long id, ErrorCode code, String message) {
        fail(id, Response.Failure.of(code, message));
    }

    private void fail(long id, Response.Failure failure) {
        surroundings.metrics().failed();
        send(id, failure);
    }

    private void send(long id, Response response) {
        sink.send(new ResponseFrame(
                id,
                surroundings.services().partitionTable().version(),
                surroundings.services().catalog().version(),
                runner.transactionState(),
                response));
    }

    /** Ends the session because of a request that cannot be understood; an id that no request can have stands for none. */
    public void end(long id, TrellisException failure) {
        fail(Math.max(0, id), Response.Failure.of(failure));
        close();
    }

    /**
     * Ends the session for good: the running statement is cancelled and says so to its client, which would otherwise run it
     * again on a new connection.
     */
    public void kill() {
        boolean isIdle;
        List<Arrival> dropped = List.of();
        lock.lock();
        try {
            isIdle = !busy;
            if (!isIdle && !closed) {
                leaving = true;
                dropped = List.copyOf(waiting);
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
        dropped.forEach(arrival -> sink.handled(arrival.sizeBytes()));
        if (isIdle) {
            end(ErrorCode.CONNECTION_CLOSED, "the session was ended by KILL");
        } else {
            runner.cancel();
        }
    }

    /** Asks the running statement to end. */
    public void cancel() {
        runner.cancel();
    }

    /** Ends the session with a last word to the client. */
    public void end(ErrorCode code, String message) {
        send(0, Response.Failure.of(code, message));
        close();
    }

    /** Tells the client that the node is about to stop. */
    public void announceDraining() {
        draining = true;
        send(0, new Response.Draining());
    }

    /** Ends the session: the running statement is asked to end, waiting ones are dropped, the connection is closed. */
    public void close() {
        boolean release;
        List<Arrival> dropped;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
            release = !busy;
        } finally {
            lock.unlock();
        }
        dropped.forEach(arrival -> sink.handled(arrival.sizeBytes()));
        runner.cancel();
        sink.close();
        if (release) {
            end();
        }
    }

    private void end() {
        runner.release();
        afterwards.run();
        ended.complete(null);
    }

    /** What to do before others hear that the session has ended. */
    void afterwards(Runnable action) {
        afterwards = action;
    }

    /** Done when the session is closed and nothing of it runs any more. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    /** Whether a request runs or waits. */
    public boolean isBusy() {
        lock.lock();
        try {
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** How the session is shown. */
    public SessionInfo info() {
        Running now = running;
        String doing = now != null
                ? "active"
                : runner.transactionState() == TransactionState.NONE ? "idle" : "idle in transaction";
        return new SessionInfo(
                key.session(),
                state.user(),
                state.applicationName(),
                sink.clientAddress(),
                state.database(),
                connectedAt,
                doing,
                now == null ? Optional.empty() : now.text(),
                now == null ? Optional.empty() : Optional.of(now.since()));
    }
}
