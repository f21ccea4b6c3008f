package io.trellisdb.common.token;

/**
 * Names one changing statement of one session.
 *
 * @param session the session's id, random 64 bits, never 0
 * @param sequence the statement's number within its session, from 1
 * @param lowestUnfinished the session's smallest sequence without an answer; results below it may be forgotten
 */
public record Token(long session, long sequence, long lowestUnfinished) {
    public Token {
        if (session == 0 || sequence < 1 || lowestUnfinished < 1 || lowestUnfinished > sequence) {
            throw new IllegalArgumentException("invalid token: session " + session + ", sequence " + sequence
                    + ", lowest unfinished " + lowestUnfinished);
        }
    }
}
