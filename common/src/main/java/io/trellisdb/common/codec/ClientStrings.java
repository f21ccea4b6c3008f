package io.trellisdb.common.codec;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;

/** The rules of string and binary values that a client could break. */
final class ClientStrings {
    private ClientStrings() {}

    static void check(ByteReader in, BytesVector vector) {
        DataType type = vector.type();
        boolean isString = type.kind().isString();
        int limit = type.precision();
        byte[] bytes = vector.bytes();
        for (int row = 0; row < vector.size(); row++) {
            int from = vector.offset(row);
            int to = from + vector.length(row);
            if (isString && !Utf8.isValid(bytes, from, to)) {
                throw new TrellisException(ErrorCode.INVALID_UTF8, "string is not UTF-8: row " + (row + 1));
            }
            if (limit > 0 && to - from > limit) {
                int length = isString ? Utf8.codePoints(bytes, from, to) : to - from;
                if (length > limit) {
                    throw new TrellisException(
                            ErrorCode.STRING_TOO_LONG, "value is too long for " + type + ": " + length);
                }
            }
            boolean isPadded = type.kind() == TypeKind.CHAR && to > from && bytes[to - 1] == ' ';
            boolean isShort = type.kind() == TypeKind.BINARY && to - from != limit && !vector.isNull(row);
            if (isPadded || isShort) {
                throw in.failure("value has not the form of " + type + ": row " + (row + 1));
            }
        }
    }
}
