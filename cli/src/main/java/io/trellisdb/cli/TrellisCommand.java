package io.trellisdb.cli;

import io.trellisdb.jdbc.url.DriverVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "trellis",
        description = "A distributed SQL database.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = TrellisCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, ServerCommand.class, SqlCommand.class, ImportCommand.class, HelpCommand.class
        },
        footer = {
            "",
            "TRELLIS_JAVA_OPTS adds options of the JVM, for example -Xmx4g.",
            "Every command exits with 0, with 1 if it failed, with 2 if it was not understood."
        })
final class TrellisCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: demo, server, sql or import");
    }

    /** The version of the distribution, which is that of the driver in it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"trellis " + DriverVersion.text()};
        }
    }
}
