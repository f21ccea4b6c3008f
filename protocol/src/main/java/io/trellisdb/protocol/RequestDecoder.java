package io.trellisdb.protocol;

import static io.trellisdb.protocol.MessageFields.readBatches;
import static io.trellisdb.protocol.MessageFields.readGeneratedKeys;
import static io.trellisdb.protocol.MessageFields.readKey;
import static io.trellisdb.protocol.MessageFields.readLimits;
import static io.trellisdb.protocol.MessageFields.readOptional;
import static io.trellisdb.protocol.MessageFields.readSettings;
import static io.trellisdb.protocol.MessageFields.readSmallInt;
import static io.trellisdb.protocol.MessageFields.readToken;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.BatchCodec.Origin;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.protocol.message.Request;

/** The reverse of {@link RequestEncoder}. */
final class RequestDecoder {
    private RequestDecoder() {}

    static Request decode(int type, ByteReader in) {
        return switch (type) {
            case FrameType.HELLO -> decodeHello(in);
            case FrameType.AUTHENTICATE -> new Request.Authenticate(in.readString(), in.readByteArray());
            case FrameType.PREPARE -> new Request.Prepare(in.readString(), readGeneratedKeys(in));
            case FrameType.EXECUTE ->
                new Request.Execute(
                        in.readVarLong(),
                        BatchCodec.decodeWithTypes(in, Origin.CLIENT),
                        readLimits(in),
                        readOptional(in, MessageFields::readToken));
            case FrameType.EXECUTE_TEXT ->
                new Request.ExecuteText(
                        in.readString(),
                        BatchCodec.decodeWithTypes(in, Origin.CLIENT),
                        readGeneratedKeys(in),
                        readLimits(in),
                        readOptional(in, MessageFields::readToken));
            case FrameType.EXECUTE_BATCH ->
                new Request.ExecuteBatch(in.readVarLong(), readBatches(in, Origin.CLIENT), readToken(in));
            case FrameType.FETCH -> new Request.Fetch(in.readVarLong(), in.readVarLong());
            case FrameType.CLOSE_CURSOR -> new Request.CloseCursor(in.readVarLong());
            case FrameType.CLOSE_STATEMENT -> new Request.CloseStatement(in.readVarLong());
            case FrameType.CANCEL -> new Request.Cancel(readKey(in));
            case FrameType.SET_SESSION -> new Request.SetSession(readSettings(in));
            case FrameType.BEGIN -> new Request.Begin();
            case FrameType.COMMIT -> new Request.Commit(readToken(in));
            case FrameType.ROLLBACK -> new Request.Rollback();
            case FrameType.PING -> new Request.Ping();
            case FrameType.READ_TABLE -> new Request.ReadTable();
            case FrameType.ASK_OUTCOME -> new Request.AskOutcome(readToken(in));
            case FrameType.GOODBYE -> new Request.Goodbye();
            default -> throw in.failure("unknown request type: " + type);
        };
    }

    private static Request decodeHello(ByteReader in) {
        int magic = in.readInt();
        if (magic != RequestEncoder.MAGIC) {
            throw in.failure("not a Trellis client: magic " + Integer.toHexString(magic));
        }
        return new Request.Hello(
                readSmallInt(in),
                readSmallInt(in),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                readOptional(in, MessageFields::readKey));
    }
}
