package io.trellisdb.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in the list of commands; the start script runs the server itself and never comes here. */
@Command(name = "server", description = "Runs one node in the foreground until SIGTERM.")
final class ServerCommand implements Runnable {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public void run() {
        throw new CommandException(
                "the server is started by the script bin/trellis of the distribution: trellis server "
                        + String.join(" ", arguments));
    }
}
