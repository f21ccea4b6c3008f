package io.trellisdb.jdbc.wire;

import io.trellisdb.common.token.Token;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.retry.RequestState.Kind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that may have to be sent more than once.
 *
 * @param isStatement whether it belongs to the transaction, which it opens when autocommit is off
 * @param token what it is sent under, each time the same
 * @param plan what must be prepared on a link before the request is made
 * @param request makes the request once the plan is prepared
 */
record Call(
        Kind kind,
        boolean isStatement,
        @Nullable Token token,
        @Nullable PreparedPlan plan,
        Supplier<Request> request) {

    static Call control(Request request) {
        return new Call(Kind.CONTROL, false, null, null, () -> request);
    }

    static Call statement(Kind kind, @Nullable Token token, @Nullable PreparedPlan plan, Supplier<Request> request) {
        return new Call(kind, true, token, plan, request);
    }

    static Call commit(Token token, Request request) {
        return new Call(Kind.COMMIT, false, token, null, () -> request);
    }
}
