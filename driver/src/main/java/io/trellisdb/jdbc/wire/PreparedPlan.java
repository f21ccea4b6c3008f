package io.trellisdb.jdbc.wire;

import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Response.Prepared;
import io.trellisdb.protocol.message.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement that outlives the link it was prepared on. Guarded by its session's lock. */
public final class PreparedPlan {
    private final String sql;
    private final GeneratedKeys generatedKeys;
    private Prepared prepared;
    private List<ColumnMetadata> columns;
    private @Nullable Link link;

    PreparedPlan(String sql, GeneratedKeys generatedKeys, Prepared prepared, Link link) {
        this.sql = sql;
        this.generatedKeys = generatedKeys;
        this.prepared = prepared;
        this.columns = prepared.columns();
        this.link = link;
    }

    String sql() {
        return sql;
    }

    GeneratedKeys generatedKeys() {
        return generatedKeys;
    }

    long statement() {
        return prepared.statement();
    }

    boolean isOn(Link other) {
        return link == other;
    }

    @Nullable
    Link link() {
        return link;
    }

    void prepareAgain(Prepared again, Link newLink) {
        prepared = again;
        columns = again.columns();
        link = newLink;
    }

    /** The handle is of no use any more. */
    void forget() {
        link = null;
    }

    /** The server says that the result has other columns now. */
    void columns(List<ColumnMetadata> newColumns) {
        columns = newColumns;
    }

    public StatementKind kind() {
        return prepared.kind();
    }

    /** Whether a batch of parameter rows is one statement. */
    public boolean isAtomicInBatch() {
        return prepared.atomicBatch();
    }

    public List<DataType> parameters() {
        return prepared.parameters();
    }

    /** Empty when the statement returns no rows. */
    public List<ColumnMetadata> columns() {
        return columns;
    }
}
