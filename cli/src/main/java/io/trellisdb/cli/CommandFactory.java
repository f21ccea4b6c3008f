package io.trellisdb.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with the streams it needs. */
final class CommandFactory implements IFactory {
    private final Streams streams;

    CommandFactory(Streams streams) {
        this.streams = streams;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == SqlCommand.class) {
            return type.cast(new SqlCommand(streams));
        } else if (type == ImportCommand.class) {
            return type.cast(new ImportCommand(streams));
        } else if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(streams));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
