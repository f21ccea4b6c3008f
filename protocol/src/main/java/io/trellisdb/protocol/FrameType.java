package io.trellisdb.protocol;

/** The numbers of the frame types on the wire; never reused. Requests are below 0x80, responses above, notices above 0xC0. */
final class FrameType {
    static final int HELLO = 0x01;
    static final int AUTHENTICATE = 0x02;
    static final int PREPARE = 0x03;
    static final int EXECUTE = 0x04;
    static final int EXECUTE_TEXT = 0x05;
    static final int EXECUTE_BATCH = 0x06;
    static final int FETCH = 0x07;
    static final int CLOSE_CURSOR = 0x08;
    static final int CLOSE_STATEMENT = 0x09;
    static final int CANCEL = 0x0A;
    static final int SET_SESSION = 0x0B;
    static final int BEGIN = 0x0C;
    static final int COMMIT = 0x0D;
    static final int ROLLBACK = 0x0E;
    static final int PING = 0x0F;
    static final int READ_TABLE = 0x10;
    static final int GOODBYE = 0x11;
    static final int ASK_OUTCOME = 0x12;

    static final int AUTHENTICATION_REQUIRED = 0x81;
    static final int AUTHENTICATION_STEP = 0x82;
    static final int WELCOME = 0x83;
    static final int PREPARED = 0x84;
    static final int ROW_BATCH = 0x85;
    static final int COMPLETE = 0x86;
    static final int BATCH_COMPLETE = 0x87;
    static final int DONE = 0x88;
    static final int PONG = 0x89;
    static final int CLUSTER_TABLE = 0x8A;
    static final int REFUSED = 0x8B;
    static final int FAILURE = 0x8C;

    static final int TABLE_CHANGED = 0xC1;
    static final int SESSION_CHANGED = 0xC2;
    static final int WARNING = 0xC3;
    static final int DRAINING = 0xC4;

    private FrameType() {}
}
