package io.trellisdb.bench.side;

import io.trellisdb.bench.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** The command: measures the systems one after the other and prints one table with its conditions. */
public final class SideBySide {
    private SideBySide() {}

    /** See {@link SideOptions#USAGE}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        // Timestamps without a zone must mean the same moment in every driver.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SideOptions options;
        try {
            options = SideOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(SideOptions.USAGE);
            return;
        }
        run(options);
    }

    private static void run(SideOptions options) throws IOException, SQLException {
        DataSet data = DataSet.of(options.scale(), options.variant());
        Reference reference = Reference.ask(data, options.queries());
        SideTable table = new SideTable();
        List<String> systems = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        Path folder = Files.createTempDirectory(
                options.folder(),
                "trellis-side",
                // PostgreSQL passes through it as another user.
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        for (Contender contender : options.contenders()) {
            Measurement measurement = new Measurement(contender, options, data, reference, table, folder);
            systems.add(measurement.run());
            settings.add(measurement.settings());
        }
        Files.delete(folder);
        System.out.println();
        System.out.println(table.markdown(systems));
        System.out.println("Conditions: " + Conditions.describe() + "; scale " + options.scale() + " ("
                + String.format(Locale.ROOT, "%,d", data.shape().rows()) + " rows), variant "
                + options.variant().label() + ".");
        settings.forEach(System.out::println);
    }
}
