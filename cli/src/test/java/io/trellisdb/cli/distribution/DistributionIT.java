package io.trellisdb.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.cli.distribution.Distribution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo and what can be done with its data afterwards, as a user does it. */
@Tag("slow")
final class DistributionIT {
    /** Questions with answers that were counted in the files themselves. */
    private static final List<String> QUESTIONS = List.of(
            "select count(*) from sensors.readings",
            "select count(*) from travel.airports",
            "select count(*) from travel.flights",
            "select count(*) from travel.weather",
            "select cast(avg(f.delay_minutes) as decimal(9, 3)), count(*) from travel.flights f"
                    + " join travel.airports a on a.iata = f.origin where a.state = 'TX'",
            "select series, count(*), min(ts), max(ts) from sensors.readings group by series order by series",
            "select * from travel.weather where location = 'Seattle' order by day limit 40");

    private static final String COUNTED = "321157\n3376\n20000\n2922\n7.350,2400\n";

    @TempDir
    private static Path folder;

    private static Distribution distribution;
    private static Outcome demo;

    @BeforeAll
    static void runTheDemo() throws IOException, InterruptedException {
        distribution = new Distribution(folder);
        demo = distribution.trellis("demo", "--dir", "data");
    }

    @Test
    void theDemoEndsWellAndSaysHowToGoOn() {
        String out = demo.success();

        assertTrue(out.contains("321157"), out);
        assertTrue(out.contains("trellis sql jdbc:trellis:file:data"), out);
    }

    @Test
    void aSecondDemoInTheSameDirectoryStartsAfresh() throws IOException, InterruptedException {
        String again = distribution.trellis("demo", "--dir", "data").success();

        assertEquals(withoutTimes(demo.success()), withoutTimes(again));
    }

    private static String withoutTimes(String out) {
        return out.replaceAll("[0-9.]+ (m?s)\\b", "? $1");
    }

    @Test
    void theDemosDataIsThereEmbeddedAndFromAServer() throws IOException, InterruptedException {
        String embedded = answers("jdbc:trellis:file:data");
        String served;
        try (ServerProcess server = distribution.server(folder.resolve("data"))) {
            served = answers(server.url());
        }

        assertTrue(embedded.startsWith(COUNTED), embedded);
        assertEquals(embedded, served);
    }

    private static String answers(String url) throws IOException, InterruptedException {
        return distribution
                .trellis("sql", url, "--format", "csv", "-e", String.join(";", QUESTIONS))
                .success();
    }

    @Test
    void aFailedStatementIsTheStatus() throws IOException, InterruptedException {
        Outcome failed =
                distribution.trellis("sql", "jdbc:trellis:mem:x", "-e", "select 1; select * from nothing; select 2");

        assertEquals(1, failed.status());
        assertTrue(failed.err().startsWith("42P01: "), failed.err());
        assertTrue(failed.out().contains("(1 row)"), failed.out());
        assertEquals(1, failed.out().split("\\(1 row\\)", -1).length - 1);
    }

    @Test
    void sqllineNeedsOnlyTheDriversJar() throws IOException, InterruptedException {
        List<Path> classPath = List.of(
                distribution.jar("jdbc", "trellis-jdbc"),
                distribution.jar("lib", "sqlline"),
                distribution.jar("lib", "jline-reader"),
                distribution.jar("lib", "jline-terminal-3"),
                distribution.jar("lib", "jline-builtins"),
                distribution.jar("lib", "jline-console"),
                distribution.jar("lib", "jline-style"));
        Path script = Files.writeString(folder.resolve("sqlline.sql"), """
                !set outputFormat csv
                !tables
                !describe flights
                !indexes flights
                !primarykeys airports
                select count(*) from sensors.readings;
                select iata, city from travel.airports where iata = 'DFW';
                """);
        Outcome sqlline;
        try (ServerProcess server = distribution.server(folder.resolve("data"))) {
            sqlline = distribution.java(
                    classPath,
                    "-Dsqlline.system.exit=true",
                    "sqlline.SqlLine",
                    "-u",
                    server.url() + "travel",
                    "-n",
                    "",
                    "-p",
                    "",
                    "--isolation=TRANSACTION_READ_COMMITTED",
                    "--run=" + script);
        }

        String out = sqlline.out() + sqlline.err();
        assertEquals(0, sqlline.status(), out);
        for (String expected : List.of(
                "'flights'",
                "'delay_minutes'",
                "'flights_by_origin'",
                "'iata'",
                "'321157'",
                "'DFW','Dallas-Fort Worth'")) {
            assertTrue(out.contains(expected), "no " + expected + " in\n" + out);
        }
    }

    @Test
    void theDriversJarHoldsNoClassOfOthers() throws IOException {
        try (JarFile jar = new JarFile(distribution.jar("jdbc", "trellis-jdbc").toFile())) {
            List<String> foreign = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("io/trellisdb/"))
                    .toList();

            assertEquals(List.of(), foreign);
        }
    }

    @Test
    void noClassLiesOnTheClassPathTwice() throws IOException {
        TreeMap<String, TreeSet<String>> jarsByClass = new TreeMap<>();
        try (Stream<Path> jars = Files.list(distribution.home().resolve("lib"))) {
            for (Path file : jars.toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class")
                                    && !name.endsWith("module-info.class")
                                    && !name.startsWith("META-INF/"))
                            .forEach(name -> jarsByClass
                                    .computeIfAbsent(name, key -> new TreeSet<>())
                                    .add(file.getFileName().toString()));
                }
            }
        }
        jarsByClass.values().removeIf(jars -> jars.size() == 1);

        assertEquals(List.of(), List.copyOf(new java.util.HashSet<>(jarsByClass.values())));
    }

    @Test
    void commandsRunFromAnyDirectoryAndThroughLinks() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(
                folder.resolve("trellis-link"),
                distribution.home().resolve("bin").resolve("trellis"));
        Process version = new ProcessBuilder(link.toString(), "--version")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(version.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertEquals(0, version.waitFor(), out);
        assertEquals("trellis 0.1.0\n", out);
    }
}
