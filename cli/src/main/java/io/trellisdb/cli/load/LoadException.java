package io.trellisdb.cli.load;

/** A file that cannot be loaded; the message is one sentence with the line. */
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
