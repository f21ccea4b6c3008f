package io.trellisdb.cli.demo;

import io.trellisdb.cli.output.TableFormat;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Questions about the demo's data and their answers. */
public final class DemoTour {
    private record Question(String title, String sql) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("What was loaded", """
                    SELECT 'sensors.readings' AS "table", COUNT(*) AS "rows" FROM sensors.readings
                    UNION ALL SELECT 'travel.airports', COUNT(*) FROM travel.airports
                    UNION ALL SELECT 'travel.flights', COUNT(*) FROM travel.flights
                    UNION ALL SELECT 'travel.weather', COUNT(*) FROM travel.weather
                    ORDER BY 1"""),
            new Question("Readings and their mean for each category of sensors", """
                    SELECT s.category, COUNT(*) AS readings, CAST(AVG(r.reading) AS DECIMAL(18, 3)) AS mean
                    FROM sensors.readings r JOIN sensors.series s ON s.series = r.series
                    GROUP BY s.category ORDER BY s.category"""),
            new Question("One series by the hour", """
                    SELECT TIME_BUCKET(INTERVAL '1' HOUR, ts) AS hour, COUNT(*) AS readings,
                           CAST(AVG(reading) AS DECIMAL(9, 3)) AS mean,
                           CAST(MIN(reading) AS DECIMAL(9, 3)) AS low, CAST(MAX(reading) AS DECIMAL(9, 3)) AS high
                    FROM sensors.readings WHERE series = 'ec2_cpu_utilization_5f5533'
                    GROUP BY TIME_BUCKET(INTERVAL '1' HOUR, ts) ORDER BY hour LIMIT 6"""),
            new Question("The newest reading of each series", """
                    SELECT series, ts, reading FROM sensors.readings LATEST ON ts PARTITION BY series
                    ORDER BY ts DESC, series LIMIT 6"""),
            new Question("Readings inside the windows that people marked as anomalies", """
                    SELECT a.series, COUNT(DISTINCT a.start_ts) AS windows, COUNT(*) AS readings,
                           CAST(AVG(r.reading) AS DECIMAL(18, 3)) AS mean
                    FROM sensors.anomalies a
                    JOIN sensors.readings r ON r.series = a.series AND r.ts BETWEEN a.start_ts AND a.end_ts
                    GROUP BY a.series ORDER BY readings DESC, a.series LIMIT 6"""),
            new Question("The largest jumps between two readings of a machine's temperature", """
                    SELECT ts, reading, CAST(reading - previous AS DECIMAL(9, 3)) AS jump
                    FROM (SELECT ts, reading, LAG(reading) OVER (ORDER BY ts) AS previous
                          FROM sensors.readings WHERE series = 'machine_temperature_system_failure') AS pairs
                    WHERE previous IS NOT NULL ORDER BY ABS(reading - previous) DESC, ts LIMIT 6"""),
            new Question("Delays by the state of the airport that flights leave from", """
                    SELECT a.state, COUNT(*) AS flights, CAST(AVG(f.delay_minutes) AS DECIMAL(9, 3)) AS mean_delay,
                           MAX(f.delay_minutes) AS longest
                    FROM travel.flights f JOIN travel.airports a ON a.iata = f.origin
                    GROUP BY a.state ORDER BY flights DESC, a.state LIMIT 6"""),
            new Question("The weather of two cities by month", """
                    SELECT EXTRACT(MONTH FROM day) AS month,
                           CAST(AVG(temp_max) FILTER (WHERE location = 'Seattle') AS DECIMAL(4, 1)) AS seattle,
                           CAST(AVG(temp_max) FILTER (WHERE location = 'New York') AS DECIMAL(4, 1)) AS new_york,
                           COUNT(*) FILTER (WHERE location = 'Seattle' AND precipitation > 0) AS seattle_wet_days,
                           COUNT(*) FILTER (WHERE location = 'New York' AND precipitation > 0) AS new_york_wet_days
                    FROM travel.weather GROUP BY EXTRACT(MONTH FROM day) ORDER BY month"""));

    private final PrintStream out;

    public DemoTour(PrintStream out) {
        this.out = out;
    }

    /** Asks everything; prints question, SQL, answer and time. */
    public void run(Connection connection) throws SQLException {
        TableFormat table = new TableFormat();
        for (Question question : QUESTIONS) {
            out.print("\n== " + question.title() + "\n\n" + question.sql().indent(3) + "\n");
            long begin = System.nanoTime();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(question.sql())) {
                long count = table.print(rows, out);
                double millis = (System.nanoTime() - begin) / 1e6;
                out.printf(Locale.ROOT, "(%d rows, %.0f ms)%n", count, millis);
            }
            out.flush();
        }
    }
}
