package io.trellisdb.protocol;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.message.Request;

/** The fields of requests as bytes, in the order in which the records declare them. */
final class RequestEncoder {
    /** Opens every {@code Hello}: "TRLS". */
    static final int MAGIC = 0x54524C53;

    private RequestEncoder() {}

    static int type(Request request) {
        if (request instanceof Request.Execute) {
            return FrameType.EXECUTE;
        } else if (request instanceof Request.ExecuteText) {
            return FrameType.EXECUTE_TEXT;
        } else if (request instanceof Request.ExecuteBatch) {
            return FrameType.EXECUTE_BATCH;
        } else if (request instanceof Request.Fetch) {
            return FrameType.FETCH;
        } else if (request instanceof Request.Prepare) {
            return FrameType.PREPARE;
        } else if (request instanceof Request.CloseCursor) {
            return FrameType.CLOSE_CURSOR;
        } else if (request instanceof Request.CloseStatement) {
            return FrameType.CLOSE_STATEMENT;
        } else if (request instanceof Request.Begin) {
            return FrameType.BEGIN;
        } else if (request instanceof Request.Commit) {
            return FrameType.COMMIT;
        } else if (request instanceof Request.Rollback) {
            return FrameType.ROLLBACK;
        } else if (request instanceof Request.Ping) {
            return FrameType.PING;
        }
        return rareType(request);
    }

    private static int rareType(Request request) {
        if (request instanceof Request.Hello) {
            return FrameType.HELLO;
        } else if (request instanceof Request.Authenticate) {
            return FrameType.AUTHENTICATE;
        } else if (request instanceof Request.Cancel) {
            return FrameType.CANCEL;
        } else if (request instanceof Request.SetSession) {
            return FrameType.SET_SESSION;
        } else if (request instanceof Request.ReadTable) {
            return FrameType.READ_TABLE;
        } else if (request instanceof Request.AskOutcome) {
            return FrameType.ASK_OUTCOME;
        }
        return FrameType.GOODBYE;
    }

    static void encode(Request request, ByteWriter out) {
        if (request instanceof Request.Execute execute) {
            out.writeVarLong(execute.statement());
            BatchCodec.encodeWithTypes(out, execute.parameters());
            MessageFields.writeLimits(out, execute.limits());
            MessageFields.writeOptional(out, execute.token(), MessageFields::writeToken);
        } else if (request instanceof Request.ExecuteText text) {
            out.writeString(text.sql());
            BatchCodec.encodeWithTypes(out, text.parameters());
            MessageFields.writeGeneratedKeys(out, text.generatedKeys());
            MessageFields.writeLimits(out, text.limits());
            MessageFields.writeOptional(out, text.token(), MessageFields::writeToken);
        } else if (request instanceof Request.ExecuteBatch batch) {
            out.writeVarLong(batch.statement());
            MessageFields.writeBatches(out, batch.parameters());
            MessageFields.writeToken(out, batch.token());
        } else if (request instanceof Request.Fetch fetch) {
            out.writeVarLong(fetch.cursor());
            out.writeVarLong(fetch.creditRows());
        } else if (request instanceof Request.Prepare prepare) {
            out.writeString(prepare.sql());
            MessageFields.writeGeneratedKeys(out, prepare.generatedKeys());
        } else if (request instanceof Request.CloseCursor close) {
            out.writeVarLong(close.cursor());
        } else if (request instanceof Request.CloseStatement close) {
            out.writeVarLong(close.statement());
        } else if (request instanceof Request.Commit commit) {
            MessageFields.writeToken(out, commit.token());
        } else if (request instanceof Request.AskOutcome ask) {
            MessageFields.writeToken(out, ask.token());
        } else if (request instanceof Request.Hello hello) {
            encodeHello(hello, out);
        } else if (request instanceof Request.Authenticate authenticate) {
            out.writeString(authenticate.mechanism());
            out.writeByteArray(authenticate.message());
        } else if (request instanceof Request.Cancel cancel) {
            MessageFields.writeKey(out, cancel.key());
        } else if (request instanceof Request.SetSession set) {
            MessageFields.writeSettings(out, set.settings());
        }
        // BEGIN, ROLLBACK, PING, READ_TABLE and GOODBYE have no fields
    }

    private static void encodeHello(Request.Hello hello, ByteWriter out) {
        out.writeInt(MAGIC);
        out.writeVarInt(hello.minVersion());
        out.writeVarInt(hello.maxVersion());
        out.writeString(hello.clientName());
        out.writeString(hello.user());
        out.writeString(hello.database());
        out.writeLong(hello.capabilities());
        MessageFields.writeOptional(out, hello.resume(), MessageFields::writeKey);
    }
}
