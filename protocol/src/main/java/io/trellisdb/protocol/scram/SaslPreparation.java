package io.trellisdb.protocol.scram;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.text.Normalizer;

/** SASLprep (RFC 4013): one form for names and passwords that look alike. Text in ASCII is its own form. */
final class SaslPreparation {
    private SaslPreparation() {}

    static String prepare(String text) {
        if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            return text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isMappedToNothing(c))
                .map(SaslPreparation::mapSpace)
                .forEach(mapped::appendCodePoint);
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        if (normal.codePoints().anyMatch(SaslPreparation::isProhibited)) {
            throw new TrellisException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "user name or password has a character that is not allowed in either");
        }
        return normal;
    }

    /** RFC 3454, table B.1. */
    private static boolean isMappedToNothing(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x1806
                || c >= 0x180B && c <= 0x180D
                || c >= 0x200B && c <= 0x200D
                || c == 0x2060
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFEFF;
    }

    private static int mapSpace(int c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c;
    }

    private static boolean isProhibited(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (c & 0xFFFE) == 0xFFFE
                || c >= 0xFDD0 && c <= 0xFDEF;
    }
}
