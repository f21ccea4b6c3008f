package io.trellisdb.jdbc.wire;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.TransactionState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session's link and what must survive its loss: identity, settings, tokens, and whether a transaction was lost with it.
 * Guarded by the session's lock, but for {@link #current} and {@link #shut}.
 */
final class LinkKeeper implements LinkOwner {
    /** Warnings kept between two looks at them. */
    private static final int MAX_WARNINGS = 100;
    /** How long the settings of a new link may take to be restored. */
    private static final long RESTORE_TIMEOUT_MILLIS = 10_000;

    private final Connector connector;
    private final long patienceMillis;
    private final Map<SessionSetting, String> settings = new EnumMap<>(SessionSetting.class);
    private final List<Response.Warning> warnings = new ArrayList<>();
    private volatile @Nullable Link link;
    private volatile boolean isShut;
    private @Nullable Tokens tokens;
    private Response.@Nullable Welcome welcome;
    private @Nullable PartitionTable table;
    private @Nullable HostPort lastFailed;
    private TransactionState transaction = TransactionState.NONE;
    private boolean isTransactionLost;

    LinkKeeper(Connector connector, Map<SessionSetting, String> settings, long patienceMillis) {
        this.connector = connector;
        this.patienceMillis = patienceMillis;
        this.settings.putAll(settings);
    }

    /** The link in use, or null; any thread may ask. */
    @Nullable
    Link current() {
        return link;
    }

    boolean isShut() {
        return isShut;
    }

    /** The link in use, or a new one with everything restored. */
    Link open(@Nullable HostPort preferred) throws IOException, SQLException {
        Link existing = link;
        if (existing != null) {
            return existing;
        }
        Response.Welcome before = welcome;
        SessionKey resume = before == null ? null : before.key();
        List<NodeAddress> known = table == null ? List.of() : table.nodes();
        String database = settings.getOrDefault(SessionSetting.DATABASE, "");
        Link opened;
        try {
            opened = connector.open(known, preferred, lastFailed, database, resume, this);
        } catch (SQLException e) {
            throw before == null ? e : notRestored(e);
        }
        boolean isDone = false;
        try {
            take(opened.welcome());
            restore(opened, before == null);
            isDone = true;
        } finally {
            if (!isDone) {
                opened.close();
            }
        }
        link = opened;
        lastFailed = null;
        if (isShut) {
            opened.close();
            throw new IOException("connection was closed");
        }
        return opened;
    }

    private void take(Response.Welcome newWelcome) {
        welcome = newWelcome;
        table = newWelcome.table();
        transaction = TransactionState.NONE;
        if (tokens == null) {
            tokens = new Tokens(newWelcome.key().session());
        } else {
            tokens.restart(newWelcome.key().session());
        }
    }

    private void restore(Link opened, boolean isFirst) throws IOException, SQLException {
        Map<SessionSetting, String> differing = new EnumMap<>(settings);
        differing.entrySet().removeIf(entry -> entry.getValue()
                .equals(opened.welcome().settings().get(entry.getKey())));
        differing.remove(SessionSetting.DATABASE, "");
        if (differing.isEmpty()) {
            return;
        }
        long id = opened.send(new Request.SetSession(differing), RESTORE_TIMEOUT_MILLIS);
        Response answer = opened.receive(id, RESTORE_TIMEOUT_MILLIS).response();
        if (answer instanceof Response.Failure failure) {
            SQLException refusal = SqlErrors.of(failure);
            throw isFirst ? refusal : notRestored(refusal);
        } else if (!(answer instanceof Response.Done)) {
            throw Link.unexpected(answer);
        }
    }

    private static SQLException notRestored(SQLException e) {
        return SqlErrors.of(
                ErrorCode.CONNECTION_LOST,
                "connection was lost and its session cannot be restored: " + e.getMessage(),
                e);
    }

    @Override
    public void onFrame(ResponseFrame frame) {
        if (frame.id() > 0) {
            transaction = frame.transaction();
        }
        if (frame.response() instanceof Response.SessionChanged changed) {
            settings.put(changed.setting(), changed.value());
        } else if (frame.response() instanceof Response.Warning warning) {
            if (warnings.size() < MAX_WARNINGS) {
                warnings.add(warning);
            }
        } else if (frame.response() instanceof Response.TableChanged changed) {
            learn(changed.table());
        }
    }

    @Override
    public long patienceMillis() {
        return patienceMillis;
    }

    @Override
    public boolean isServerAlive(@Nullable HostPort address) {
        return !isShut && (address == null || connector.isAlive(address));
    }

    /** A partition table as a server knows it; an older one is ignored. */
    void learn(PartitionTable newTable) {
        if (table == null || newTable.version() > table.version()) {
            table = newTable;
        }
    }

    /** Closes the link after a failure; an open transaction is lost with it. */
    void drop() {
        Link broken = link;
        if (broken == null) {
            return;
        }
        link = null;
        lastFailed = broken.address();
        broken.close();
        if (transaction != TransactionState.NONE) {
            transaction = TransactionState.NONE;
            isTransactionLost = true;
        }
    }

    /** Closes for good; any thread may call. */
    void shut() {
        isShut = true;
        Link open = link;
        if (open != null) {
            open.close();
        }
    }

    /** Whether statements belong to an open transaction, or to one that was lost and that the application still relies on. */
    boolean isInTransaction() {
        return isTransactionLost || transaction != TransactionState.NONE;
    }

    boolean isTransactionLost() {
        return isTransactionLost;
    }

    /** The application knows that its transaction is gone. */
    void forgetTransaction() {
        isTransactionLost = false;
    }

    TransactionState transaction() {
        return transaction;
    }

    Map<SessionSetting, String> settings() {
        return settings;
    }

    Tokens tokens() throws SQLException {
        if (tokens == null) {
            throw SqlErrors.of(ErrorCode.CONNECTION_CLOSED, "connection was never made");
        }
        return tokens;
    }

    /** The last login's answer. */
    Response.Welcome welcome() throws SQLException {
        if (welcome == null) {
            throw SqlErrors.of(ErrorCode.CONNECTION_CLOSED, "connection was never made");
        }
        return welcome;
    }

    /** Warnings since the last call. */
    List<Response.Warning> takeWarnings() {
        if (warnings.isEmpty()) {
            return List.of();
        }
        List<Response.Warning> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    FrameChannel openBeside() throws IOException, SQLException {
        Link open = link;
        return connector.openBeside(open == null ? null : open.address());
    }
}
