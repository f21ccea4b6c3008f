package io.trellisdb.cli;

import io.trellisdb.cli.load.LoadException;
import io.trellisdb.cli.script.ScriptException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends a command into one sentence on standard error and an exit status. */
final class Failures {
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private Failures() {}

    /** For {@link CommandLine#setExecutionExceptionHandler}. */
    static int report(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println(sentence(failure));
        return FAILED;
    }

    /** For {@link CommandLine#setParameterExceptionHandler}. */
    static int reportMisuse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr()
                .println(failure.getMessage() + "; see: "
                        + command.getCommandSpec().qualifiedName(" ") + " --help");
        return MISUSED;
    }

    static String sentence(Exception failure) {
        if (failure instanceof SQLException sql) {
            return sentence(sql);
        } else if (failure instanceof CommandException
                || failure instanceof LoadException
                || failure instanceof ScriptException) {
            return String.valueOf(failure.getMessage());
        }
        return "unexpected failure, please report it: " + failure;
    }

    /** {@code SQLSTATE: message}. */
    static String sentence(SQLException failure) {
        return failure.getSQLState() + ": " + failure.getMessage();
    }
}
