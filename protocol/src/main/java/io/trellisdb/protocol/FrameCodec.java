package io.trellisdb.protocol;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.TransactionState;
import java.nio.ByteBuffer;

/** Frames to bytes and back; the package documentation draws them. Stateless. */
public final class FrameCodec {
    /** The protocol version that this code speaks; also the version byte of its frames. */
    public static final int VERSION = 1;
    /** Bytes of the length field. */
    public static final int LENGTH_BYTES = 4;
    /** Bytes between the length field and the body. */
    public static final int HEADER_BYTES = 12;
    /** The largest length of a frame that a client sends before it is welcome. */
    public static final int MAX_BEFORE_LOGIN = 8 * 1024;
    /** The largest length of any other frame. */
    public static final int MAX_AFTER_LOGIN = 16 * 1024 * 1024;

    private FrameCodec() {}

    /**
     * Checks a length field before anything is allocated for it.
     *
     * @param maxLength {@link #MAX_BEFORE_LOGIN} or {@link #MAX_AFTER_LOGIN}
     * @throws TrellisException PROTOCOL_VIOLATION if it is too short or too long
     */
    public static void checkLength(int length, int maxLength) {
        if (length < HEADER_BYTES || length > maxLength) {
            throw new TrellisException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "frame length is out of range: " + Integer.toUnsignedString(length) + ", at most " + maxLength);
        }
    }

    /**
     * Appends a whole frame, length field included.
     *
     * @throws TrellisException LIMIT_EXCEEDED if it would be longer than a receiver takes; {@code out} is as before then
     */
    public static void encode(RequestFrame frame, ByteWriter out) {
        int start = begin(out, RequestEncoder.type(frame.request()), frame.id());
        out.writeVarLong(frame.tableVersion());
        out.writeVarLong(frame.deadlineMillis());
        RequestEncoder.encode(frame.request(), out);
        end(out, start);
    }

    /**
     * Appends a whole frame, length field included.
     *
     * @throws TrellisException LIMIT_EXCEEDED if it would be longer than a receiver takes; {@code out} is as before then
     */
    public static void encode(ResponseFrame frame, ByteWriter out) {
        int start = begin(out, ResponseEncoder.type(frame.response()), frame.id());
        out.writeVarLong(frame.tableVersion());
        out.writeVarLong(frame.catalogVersion());
        MessageFields.writeEnum(out, MessageFields.TRANSACTION_STATES, frame.transaction());
        ResponseEncoder.encode(frame.response(), out);
        end(out, start);
    }

    /** The whole frame as a buffer of its own. */
    public static ByteBuffer encode(RequestFrame frame) {
        ByteWriter out = new ByteWriter();
        encode(frame, out);
        return out.asByteBuffer();
    }

    /** The whole frame as a buffer of its own. */
    public static ByteBuffer encode(ResponseFrame frame) {
        ByteWriter out = new ByteWriter();
        encode(frame, out);
        return out.asByteBuffer();
    }

    private static int begin(ByteWriter out, int type, long id) {
        int start = out.position();
        out.writeInt(0);
        out.writeByte(type);
        out.writeByte(VERSION);
        out.writeShort(0);
        out.writeLong(id);
        return start;
    }

    private static void end(ByteWriter out, int start) {
        int length = out.position() - start - LENGTH_BYTES;
        if (length > MAX_AFTER_LOGIN) {
            out.truncate(start);
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED, "frame is too large: " + length + " bytes, at most " + MAX_AFTER_LOGIN);
        }
        out.patchInt(start, length);
    }

    /**
     * Decodes a frame without its length field: the buffer's remaining bytes, all of them. The buffer's position stays.
     *
     * @throws TrellisException PROTOCOL_VIOLATION if the bytes are no request of this version; another code, such as
     *     INVALID_UTF8 or STRING_TOO_LONG, if only a value is refused: the request of {@link #requestId} then failed and the
     *     connection goes on
     */
    public static RequestFrame decodeRequest(ByteBuffer frame) {
        ByteReader in = reader(frame);
        try {
            int type = readType(in);
            long id = in.readLong();
            long tableVersion = in.readVarLong();
            long deadlineMillis = in.readVarLong();
            RequestFrame decoded = new RequestFrame(id, tableVersion, deadlineMillis, RequestDecoder.decode(type, in));
            in.expectEnd();
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new TrellisException(ErrorCode.PROTOCOL_VIOLATION, "request makes no sense: " + e.getMessage(), e);
        }
    }

    /**
     * Decodes a frame without its length field: the buffer's remaining bytes, all of them. The buffer's position stays.
     *
     * @throws TrellisException PROTOCOL_VIOLATION if the bytes are no response of this version
     */
    public static ResponseFrame decodeResponse(ByteBuffer frame) {
        ByteReader in = reader(frame);
        try {
            int type = readType(in);
            long id = in.readLong();
            long tableVersion = in.readVarLong();
            long catalogVersion = in.readVarLong();
            TransactionState transaction = MessageFields.readEnum(in, MessageFields.TRANSACTION_STATES);
            Response response = ResponseDecoder.decode(type, in);
            in.expectEnd();
            return new ResponseFrame(id, tableVersion, catalogVersion, transaction, response);
        } catch (IllegalArgumentException e) {
            throw new TrellisException(ErrorCode.PROTOCOL_VIOLATION, "response makes no sense: " + e.getMessage(), e);
        }
    }

    /** The request id of a frame without its length field, of at least {@link #HEADER_BYTES}. */
    public static long requestId(ByteBuffer frame) {
        return frame.getLong(frame.position() + HEADER_BYTES - Long.BYTES);
    }

    private static ByteReader reader(ByteBuffer frame) {
        if (frame.hasArray()) {
            return ByteReader.ofWire(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
        }
        byte[] copy = new byte[frame.remaining()];
        frame.duplicate().get(copy);
        return ByteReader.ofWire(copy);
    }

    private static int readType(ByteReader in) {
        int type = in.readUnsignedByte();
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw in.failure("frame has an unknown version: " + version + ", known is " + VERSION);
        }
        int zero = in.readUnsignedShort();
        if (zero != 0) {
            throw in.failure("frame has unknown flags: " + zero);
        }
        return type;
    }
}
