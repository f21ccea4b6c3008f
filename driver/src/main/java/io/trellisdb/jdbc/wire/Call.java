package io.trellisdb.jdbc.wire;

import io.trellisdb.common.token.Token;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.retry.RequestState.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A request that may have to be sent more than once.
 *
 * @param isStatement whether it belongs to the transaction, which it opens when autocommit is off
 * @param tokenCount how many sequence numbers it needs; 0 for a request without a token
 * @param plan what must be prepared on a link before the request is made
 * @param maker makes the request once the plan is prepared
 */
record Call(
        Kind kind,
        boolean isStatement,
        int tokenCount,
        @Nullable PreparedPlan plan,
        Maker maker) {
    /** Makes a request under a token, which is null exactly when none was asked for. */
    interface Maker {
        Request make(@Nullable Token token);
    }

    static Call control(Request request) {
        return new Call(Kind.CONTROL, false, 0, null, token -> request);
    }

    /** A statement that reads, or one that changes data and needs tokens. */
    static Call statement(int tokenCount, @Nullable PreparedPlan plan, Maker maker) {
        return new Call(tokenCount == 0 ? Kind.READ : Kind.WRITE, true, tokenCount, plan, maker);
    }

    static Call commit(Maker maker) {
        return new Call(Kind.COMMIT, false, 1, null, maker);
    }
}
