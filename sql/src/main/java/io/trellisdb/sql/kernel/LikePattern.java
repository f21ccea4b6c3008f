package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A LIKE pattern over UTF-8: pieces of fixed length between the {@code %}. The pieces are found from left to right, each at
 * its first place, so that no text takes more steps than its length times the longest piece's.
 */
final class LikePattern {
    private final List<Piece> pieces = new ArrayList<>();
    private final boolean openStart;
    private final boolean openEnd;

    /**
     * Bytes to find; where {@code any} is true a whole character stands.
     *
     * @param characters how many characters the piece has
     */
    private record Piece(byte[] bytes, boolean[] any, boolean literal, int characters) {}

    /** @param escape a code point, or −1 when nothing escapes */
    LikePattern(String pattern, int escape) {
        StringBuilder literal = new StringBuilder();
        List<Integer> wildcards = new ArrayList<>();
        boolean starts = false;
        boolean ends = false;
        int count = 0;
        for (int i = 0; i < pattern.length(); ) {
            int character = pattern.codePointAt(i);
            i += Character.charCount(character);
            ends = false;
            if (character == escape) {
                if (i >= pattern.length()) {
                    throw new TrellisException(
                            ErrorCode.INVALID_ESCAPE, "LIKE pattern ends with the escape character: " + pattern);
                }
                literal.appendCodePoint(pattern.codePointAt(i));
                i += Character.charCount(pattern.codePointAt(i));
                count++;
            } else if (character == '%') {
                starts |= pieces.isEmpty() && literal.length() == 0;
                ends = true;
                addPiece(literal, wildcards, count);
                count = 0;
            } else if (character == '_') {
                wildcards.add(literal.length());
                literal.append('_');
                count++;
            } else {
                literal.appendCodePoint(character);
                count++;
            }
        }
        addPiece(literal, wildcards, count);
        this.openStart = starts;
        this.openEnd = ends;
    }

    private void addPiece(StringBuilder literal, List<Integer> wildcards, int characters) {
        if (literal.length() > 0) {
            String text = literal.toString();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean[] any = new boolean[bytes.length];
            for (int position : wildcards) {
                any[text.substring(0, position).getBytes(StandardCharsets.UTF_8).length] = true;
            }
            pieces.add(new Piece(bytes, any, wildcards.isEmpty(), characters));
        }
        literal.setLength(0);
        wildcards.clear();
    }

    boolean matches(byte[] text, int from, int to) {
        if (pieces.isEmpty()) {
            return openStart || from == to;
        }
        int start = from;
        int first = 0;
        int last = pieces.size();
        if (!openStart) {
            start = matchAt(pieces.get(0), text, from, to);
            if (start < 0) {
                return false;
            }
            first = 1;
            if (last == 1) {
                return openEnd || start == to;
            }
        }
        int end = to;
        if (!openEnd) {
            Piece piece = pieces.get(--last);
            int at = back(text, start, to, piece);
            if (at < start || matchAt(piece, text, at, to) != to) {
                return false;
            }
            end = at;
        }
        for (int i = first; i < last; i++) {
            start = find(pieces.get(i), text, start, end);
            if (start < 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the last characters of the text begin, as many as the piece has; below {@code from} when there are fewer. */
    private static int back(byte[] text, int from, int to, Piece piece) {
        if (piece.literal()) {
            return to - piece.bytes().length;
        }
        int at = to;
        for (int i = 0; i < piece.characters(); i++) {
            at--;
            while (at >= from && (text[at] & 0xC0) == 0x80) {
                at--;
            }
            if (at < from) {
                return from - 1;
            }
        }
        return at;
    }

    /** The end of the piece when it stands at this place, else −1. */
    private static int matchAt(Piece piece, byte[] text, int from, int to) {
        byte[] bytes = piece.bytes();
        if (piece.literal()) {
            int end = from + bytes.length;
            return end <= to && Arrays.equals(text, from, end, bytes, 0, bytes.length) ? end : -1;
        }
        int at = from;
        for (int i = 0; i < bytes.length; i++) {
            if (at >= to) {
                return -1;
            }
            if (piece.any()[i]) {
                at++;
                while (at < to && (text[at] & 0xC0) == 0x80) {
                    at++;
                }
            } else if (text[at++] != bytes[i]) {
                return -1;
            }
        }
        return at;
    }

    /** The end of the piece's first place at or after {@code from}, or −1. */
    private static int find(Piece piece, byte[] text, int from, int to) {
        if (piece.literal()) {
            int found = StringFunctions.indexOf(text, from, to, piece.bytes(), 0, piece.bytes().length);
            return found < 0 ? -1 : found + piece.bytes().length;
        }
        for (int at = from; at < to; at++) {
            boolean boundary = (text[at] & 0xC0) != 0x80;
            int end = boundary ? matchAt(piece, text, at, to) : -1;
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }
}
