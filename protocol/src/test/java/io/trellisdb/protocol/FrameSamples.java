package io.trellisdb.protocol;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.Capabilities;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.ColumnMetadata.Nullability;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.Refused;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.StatementKind;
import io.trellisdb.protocol.message.TransactionState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One frame or more of every type, by the names that the golden scripts use. */
final class FrameSamples {
    static final Token TOKEN = new Token(0x0102030405060708L, 7, 5);
    static final SessionKey KEY = new SessionKey(0x0102030405060708L, -2, 3);
    private static final FetchLimits LIMITS = new FetchLimits(8192, 0);
    private static final NodeAddress NODE = new NodeAddress(1, "n1", "127.0.0.1", 20001);
    private static final PartitionTable TABLE = new PartitionTable(
            9,
            List.of(NODE, new NodeAddress(2, "n2", "::1", 20002)),
            List.of(new PartitionTable.Row(1, 3, List.of(2)), new PartitionTable.Row(0, 4, List.of())));
    private static final List<ColumnMetadata> COLUMNS = List.of(
            new ColumnMetadata("i", DataType.BIGINT, Nullability.NO_NULLS, "public", "t", "id", true),
            ColumnMetadata.ofExpression("n", DataType.varchar(10)));

    private FrameSamples() {}

    static Batch batch(int rows) {
        BatchBuilder builder = new BatchBuilder(List.of(DataType.BIGINT, DataType.varchar(10)), rows);
        IntStream.range(0, rows).forEach(i -> builder.appendRow((long) i, i % 3 == 2 ? null : "n" + i));
        return builder.build();
    }

    static Map<String, RequestFrame> requests() {
        Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("hello", new Request.Hello(1, 1, "test 0.1", "ada", "sensors", Capabilities.TABLE_NOTICES, null));
        requests.put("hello again", new Request.Hello(1, 2, "test 0.1", "", "", 0, KEY));
        requests.put("authenticate", new Request.Authenticate("SCRAM-SHA-256", bytes("n,,n=ada,r=abc")));
        requests.put("prepare", new Request.Prepare("select 1", GeneratedKeys.none()));
        requests.put("prepare with identity", new Request.Prepare("insert", new GeneratedKeys.Identity()));
        requests.put(
                "prepare with columns", new Request.Prepare("insert", new GeneratedKeys.Columns(List.of("a", "b"))));
        requests.put("execute", new Request.Execute(5, batch(1), LIMITS, TOKEN));
        requests.put("execute without parameters", new Request.Execute(5, new Batch(1), new FetchLimits(1, 10), null));
        requests.put(
                "execute text",
                new Request.ExecuteText("select 'ü'", new Batch(1), GeneratedKeys.none(), LIMITS, TOKEN));
        requests.put("execute batch", new Request.ExecuteBatch(5, List.of(batch(2), batch(1)), TOKEN));
        requests.put("fetch", new Request.Fetch(6, 300));
        requests.put("close cursor", new Request.CloseCursor(6));
        requests.put("close statement", new Request.CloseStatement(5));
        requests.put("cancel", new Request.Cancel(KEY));
        requests.put(
                "set session",
                new Request.SetSession(Map.of(SessionSetting.TIME_ZONE, "UTC", SessionSetting.READ_ONLY, "true")));
        requests.put("begin", new Request.Begin());
        requests.put("commit", new Request.Commit(TOKEN));
        requests.put("ask outcome", new Request.AskOutcome(TOKEN));
        requests.put("rollback", new Request.Rollback());
        requests.put("ping", new Request.Ping());
        requests.put("read table", new Request.ReadTable());
        requests.put("goodbye", new Request.Goodbye());
        Map<String, RequestFrame> frames = new LinkedHashMap<>();
        requests.forEach((name, request) -> frames.put(name, new RequestFrame(frames.size() + 1, 9, 1500, request)));
        return frames;
    }

    static Map<String, ResponseFrame> responses() {
        Map<String, Response> responses = new LinkedHashMap<>();
        responses.put("authentication required", new Response.AuthenticationRequired(List.of("SCRAM-SHA-256")));
        responses.put("authentication step", new Response.AuthenticationStep(bytes("r=abc,s=AA==,i=4096")));
        responses.put(
                "welcome",
                new Response.Welcome(
                        1,
                        "0.1.0",
                        KEY,
                        "trellis",
                        1,
                        0,
                        bytes("v=AA=="),
                        Map.of(SessionSetting.DATABASE, "public"),
                        TABLE));
        responses.put(
                "prepared query",
                new Response.Prepared(
                        5,
                        StatementKind.QUERY,
                        false,
                        List.of(DataType.NULL, DataType.decimal(10, 2)),
                        COLUMNS,
                        new Routing.ByParameters(List.of(1), List.of(DataType.decimal(10, 2)))));
        responses.put(
                "prepared write",
                new Response.Prepared(
                        6, StatementKind.WRITE, true, List.of(), List.of(), new Routing.OnePartition(77)));
        responses.put(
                "prepared elsewhere",
                new Response.Prepared(7, StatementKind.SESSION, false, List.of(), List.of(), new Routing.Anywhere()));
        responses.put("row batch", new RowBatch(6, RowBatch.Progress.SUSPENDED, COLUMNS, batch(3)));
        responses.put("last row batch", new RowBatch(0, RowBatch.Progress.LAST, null, new Batch(0)));
        responses.put("complete", new Response.Complete(StatementKind.WRITE, 3, null));
        responses.put(
                "complete, held back",
                new Response.Complete(
                        StatementKind.WRITE, Response.Complete.HELD_BACK, new RowSet(COLUMNS, List.of(batch(1)))));
        responses.put("batch complete", new Response.BatchComplete(new long[] {1, 1, 1, -2, 0, 0}, null));
        responses.put(
                "batch complete with keys",
                new Response.BatchComplete(new long[0], new RowSet(COLUMNS, List.of(batch(2), batch(1)))));
        responses.put("done", new Response.Done());
        responses.put("pong", new Response.Pong(true));
        responses.put("cluster table", new Response.ClusterTable(TABLE));
        responses.put("refused", new Response.Refused(Refused.Reason.NOT_OWNER, 10, NODE, "owner is n1"));
        responses.put("refused without hint", new Response.Refused(Refused.Reason.DRAINING, 10, null, ""));
        responses.put("failure", Response.Failure.of(ErrorCode.UNIQUE_VIOLATION, "key exists: 1", 0, 4));
        responses.put("failure with position", Response.Failure.of(ErrorCode.SYNTAX_ERROR, "no", 12, -1));
        responses.put("table changed", new Response.TableChanged(TABLE));
        responses.put("session changed", new Response.SessionChanged(SessionSetting.DATABASE, "travel"));
        responses.put("warning", new Response.Warning("01000", "look"));
        responses.put("draining", new Response.Draining());
        Map<String, ResponseFrame> frames = new LinkedHashMap<>();
        responses.forEach((name, response) ->
                frames.put(name, new ResponseFrame(frames.size(), 9, 300, TransactionState.OPEN, response)));
        return frames;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
