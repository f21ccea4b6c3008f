package io.trellisdb.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.harness.MemoryNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class QueryContextTest {
    private static final Token TOKEN = new Token(7, 1, 1);

    private final MemoryNode node = new MemoryNode(1);
    private final QueryContext context = new QueryContext(
            node,
            new SessionState(1, "ada", "public"),
            new Batch(1),
            Long.MAX_VALUE,
            new MemoryBudget(1, new AtomicLong(1)));

    @Test
    void cancellingReachesAChangeThatWaitsAtItsOwners() {
        context.waitsAtOwners(TOKEN);

        context.cancel();

        assertEquals(List.of(TOKEN), node.cancelled());
    }

    @Test
    void aChangeThatBeginsToWaitAfterItWasCancelledEndsToo() {
        context.cancel();

        context.waitsAtOwners(TOKEN);

        assertEquals(List.of(TOKEN), node.cancelled());
    }

    @Test
    void cancellingAQueryEndsItAtItsNextBatchAlone() {
        context.cancel();

        TrellisException end = assertThrows(TrellisException.class, context::checkActive);
        assertEquals(ErrorCode.STATEMENT_CANCELLED, end.code());
        assertEquals(List.of(), node.cancelled());
    }
}
