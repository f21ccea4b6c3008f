package io.trellisdb.cli.output;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How the rows of a query become text. */
public interface ResultFormat {
    /** Prints all rows that are left and returns their number. */
    long print(ResultSet rows, PrintStream out) throws SQLException;

    /** Whether a person reads along, so that counts and confirmations are welcome between results. */
    default boolean isForPeople() {
        return false;
    }
}
