package io.trellisdb.cli.demo;

import io.trellisdb.cli.load.CsvLoad;
import io.trellisdb.cli.load.CsvSource;
import io.trellisdb.cli.load.TableName;
import io.trellisdb.cli.output.ProgressBar;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The databases of the demo and the files that fill them. */
public final class DemoData {
    private static final List<String> DATABASES = List.of("sensors", "travel");

    /** One table: how it is made, and the file that fills it. */
    private record DemoTable(
            String name, String file, boolean isUpsert, Map<String, String> renamed, String definition) {
        DemoTable(String name, String file, String definition) {
            this(name, file, false, Map.of(), definition);
        }
    }

    private static final List<DemoTable> TABLES = List.of(
            new DemoTable("sensors.series", "sensors/series.csv", """
                    (series VARCHAR NOT NULL, category VARCHAR, first_ts TIMESTAMP(3), last_ts TIMESTAMP(3), \
                    readings INTEGER, PRIMARY KEY (series))"""),
            new DemoTable("sensors.anomalies", "sensors/anomalies.csv", """
                    (series VARCHAR NOT NULL, start_ts TIMESTAMP(3) NOT NULL, end_ts TIMESTAMP(3), \
                    PRIMARY KEY (series, start_ts))"""),
            // The file holds some readings twice: the later one wins.
            new DemoTable("sensors.readings", "sensors/readings.csv.gz", true, Map.of(), """
                    (series VARCHAR NOT NULL, ts TIMESTAMP(3) NOT NULL, reading DOUBLE, PRIMARY KEY (series, ts)) \
                    USING TIMESERIES PARTITION BY HASH (series)"""),
            new DemoTable("travel.airports", "travel/airports.csv", """
                    (iata VARCHAR NOT NULL, name VARCHAR, city VARCHAR, state VARCHAR, country VARCHAR, \
                    latitude DOUBLE, longitude DOUBLE, PRIMARY KEY (iata))"""),
            // Two departures are in the file twice, so flights have no key.
            new DemoTable("travel.flights", "travel/flights.csv", """
                    (departed TIMESTAMP(3), origin VARCHAR, destination VARCHAR, distance_miles INTEGER, \
                    delay_minutes INTEGER)"""),
            new DemoTable("travel.weather", "travel/weather.csv", false, Map.of("date", "day"), """
                    (location VARCHAR NOT NULL, day TIMESTAMP(3) NOT NULL, precipitation DOUBLE, temp_max DOUBLE, \
                    temp_min DOUBLE, wind DOUBLE, weather VARCHAR, PRIMARY KEY (location, day)) USING TIMESERIES"""));

    private final Path folder;

    /** {@code folder} holds the shipped files: {@code sensors/} and {@code travel/}. */
    public DemoData(Path folder) {
        this.folder = folder;
    }

    /** Drops the demo's databases if they exist and creates them with empty tables. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String database : DATABASES) {
                statement.execute("DROP DATABASE IF EXISTS " + database + " CASCADE");
                statement.execute("CREATE DATABASE " + database);
            }
            for (DemoTable table : TABLES) {
                statement.execute("CREATE TABLE " + table.name() + " " + table.definition());
            }
            statement.execute("CREATE INDEX flights_by_origin ON travel.flights (origin)");
        }
    }

    /** Loads all files, with a progress bar for each. */
    public void load(Connection connection, PrintStream progress, boolean isTerminal) throws SQLException {
        for (DemoTable table : TABLES) {
            try (CsvSource source = CsvSource.open(folder.resolve(table.file()))) {
                CsvLoad load = new CsvLoad(
                        new TableName(table.name()), table.isUpsert(), CsvLoad.BATCH_ROWS_DEFAULT, table.renamed());
                ProgressBar bar = new ProgressBar(progress, isTerminal, String.format("%-17s", table.name()));
                bar.finish(load.run(connection, source, bar));
            }
        }
    }
}
