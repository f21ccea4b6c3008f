package io.trellisdb.simulation;

/** An invariant does not hold; the message begins with its name. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
