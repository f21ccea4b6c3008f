package io.trellisdb.replication.role;

/**
 * A place in an update log: an entry's number and the term under which it was appended. Two logs that agree at a position
 * agree before it. Ordered by term first: a longer log of an older term is behind.
 */
public record Position(long term, long lsn) implements Comparable<Position> {
    /** Before the first entry. */
    public static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        int byTerm = Long.compare(term, other.term);
        return byTerm != 0 ? byTerm : Long.compare(lsn, other.lsn);
    }

    @Override
    public String toString() {
        return term + ":" + lsn;
    }
}
