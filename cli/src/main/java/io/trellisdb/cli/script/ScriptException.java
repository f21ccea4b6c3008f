package io.trellisdb.cli.script;

/** A script that cannot be split; the message is one sentence with the line. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptException(String message) {
        super(message);
    }
}
