package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.CpuRow;
import io.trellisdb.bench.data.DataSet;
import io.trellisdb.bench.data.Shape;
import io.trellisdb.bench.data.Variant;
import io.trellisdb.bench.peer.Folders;
import io.trellisdb.bench.peer.Peer;
import io.trellisdb.bench.side.QueryTimer.Form;
import io.trellisdb.bench.side.SideOptions.Work;
import io.trellisdb.bench.side.SideTable.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** All that is measured of one system. */
final class Measurement {
    private static final Duration LONGEST_MAIN_LOAD = Duration.ofHours(2);
    private static final Shape WARM_UP = new Shape(100, 2_000);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 4;
    private static final long SINGLE_ROWS = 5_000;
    private static final long UPSERTED_ROWS = 200_000;
    private static final double MIB = 1 << 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Contender contender;
    private final SideOptions options;
    private final DataSet data;
    private final Cpu cpu;
    private final Reference reference;
    private final SideTable table;
    private final Path folder;
    private String name = "";
    private String settings = "";

    Measurement(
            Contender contender, SideOptions options, DataSet data, Reference reference, SideTable table, Path folder) {
        this.contender = contender;
        this.options = options;
        this.data = data;
        this.cpu = new Cpu(Math.max(WARM_UP.hosts(), data.shape().hosts()));
        this.reference = reference;
        this.table = table;
        this.folder = folder;
    }

    /** A part of the measurement that has a database of its own. */
    private interface Part {
        void run(Peer peer) throws SQLException;
    }

    /** Measures; returns the system's name. */
    String run() throws SQLException, IOException {
        if (has(Work.W1) || has(Work.SIZE) || !options.queries().isEmpty()) {
            alone(this::loadAndAsk);
        }
        if (Stream.of(Work.W1X4, Work.W2, Work.W3, Work.W4).anyMatch(this::has)) {
            alone(this::change);
        }
        return name;
    }

    /** One line about how the system was set up. */
    String settings() {
        return "- " + name + ": " + settings;
    }

    private boolean has(Work work) {
        return options.works().contains(work);
    }

    private void alone(Part part) throws SQLException, IOException {
        Path own = Files.createDirectories(folder.resolve(contender.label()));
        try (Peer peer = contender.start(own, options)) {
            name = peer.name();
            settings = peer.settings() + "; acknowledged: " + peer.durability();
            say("started, " + settings);
            warmUp(peer);
            part.run(peer);
        }
        Folders.delete(own);
    }

    private void warmUp(Peer peer) throws SQLException {
        createTable(peer, "warm", WARM_UP.hosts());
        Iterator<CpuRow> rows = new DataSet(WARM_UP, Variant.TSBS, false).ordered();
        try (RowWriter writer = contender.inserter(peer.connect(), "warm", cpu)) {
            new Load(Load.BATCH_ROWS, LONGEST_WARM_UP).run(rows, writer);
        }
        execute(peer, "drop table warm");
    }

    private void createTable(Peer peer, String tableName, int hosts) throws SQLException {
        execute(peer, contender.dialect().createTable(tableName, hosts));
    }

    private static void execute(Peer peer, String sql) throws SQLException {
        try (Connection connection = peer.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void loadAndAsk(Peer peer) throws SQLException {
        createTable(peer, "cpu", data.shape().hosts());
        long rows = load(peer);
        try (Connection connection = peer.connect()) {
            peer.settle(connection, "cpu");
            for (CpuQuery query : options.queries()) {
                for (Form form : Form.values()) {
                    ask(connection, query, form);
                }
            }
            double peak = peer.residentPeakBytes() / MIB;
            add("resident memory, peak MiB", Direction.NOT_COMPARED, figure(peak, "%,.0f"));
        }
        if (has(Work.SIZE)) {
            double bytes = (double) peer.bytesOnDisk("cpu") / rows;
            add("bytes per row on disk", Direction.LESS_IS_BETTER, figure(bytes, "%,.2f"));
        }
    }

    private void ask(Connection connection, CpuQuery query, Form form) {
        String row = query.label() + " " + query.meaning() + ", " + form.label() + ", ms";
        QueryTimer timer = new QueryTimer(query, contender.dialect(), data.shape());
        Figure figure;
        try {
            Optional<String> difference = timer.difference(connection, reference.answers(query), form);
            difference.ifPresent(what -> say(row + ": differs: " + what));
            figure = difference.isPresent()
                    ? Figure.words("differs")
                    : timer.time(connection, form).figure();
        } catch (SQLException e) {
            say(row + ": " + e);
            figure = Figure.words("fails");
        }
        add(row, Direction.LESS_IS_BETTER, figure);
    }

    private void change(Peer peer) throws SQLException {
        if (has(Work.W1X4)) {
            createTable(peer, "cpu", data.shape().hosts());
            loadTogether(peer);
            execute(peer, "drop table cpu");
        }
        createTable(peer, "cpu", data.shape().hosts());
        if (has(Work.W2) || has(Work.W4)) {
            writeArrivals(peer);
        }
        if (has(Work.W4)) {
            upsertExisting(peer);
        }
        if (has(Work.W3)) {
            insertSingly(peer);
        }
    }

    /** Loads in order and reports the rate until all rows can be read; returns the rows. */
    private long load(Peer peer) throws SQLException {
        RowWriter writer = contender.inserter(peer.connect(), "cpu", cpu);
        return rate(peer, "W1 rows/s, 1 connection", "cpu", writer, () -> new Load(Load.BATCH_ROWS, LONGEST_MAIN_LOAD)
                .run(data.ordered(), writer));
    }

    private void loadTogether(Peer peer) throws SQLException {
        List<Load.Opening> writers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = peer.connect();
            writers.add(() -> contender.inserter(connection, "cpu", cpu));
        }
        rate(peer, "W1 rows/s, 4 connections", "cpu", () -> new Load(Load.BATCH_ROWS, options.loadLimit())
                .run(data.ordered(), writers));
    }

    private void writeArrivals(Peer peer) throws SQLException {
        RowWriter writer = data.isPatchy()
                ? contender.upserter(peer.connect(), "cpu", cpu)
                : contender.inserter(peer.connect(), "cpu", cpu);
        String row = data.isPatchy() ? "W2 rows/s, late and repeated, upserts" : "W2 rows/s, 10 % late";
        rate(peer, row, "cpu", writer, () -> new Load(Load.BATCH_ROWS, options.loadLimit())
                .run(data.arrivals(), writer));
    }

    /** Replaces rows that are there, spread over the data, with values of their own. */
    private void upsertExisting(Peer peer) throws SQLException {
        // Only the earliest rows are sure to have arrived in a load that ended early.
        int ticks = (int)
                Math.min(data.shape().ticks(), UPSERTED_ROWS / data.shape().hosts());
        Shape part = new Shape(data.shape().hosts(), Math.max(1, ticks));
        Iterator<CpuRow> rows = new DataSet(part, data.variant(), false).ordered();
        List<CpuRow> shuffled = new ArrayList<>();
        rows.forEachRemaining(shuffled::add);
        Collections.shuffle(shuffled, new Random(UPSERTED_ROWS));
        RowWriter writer = contender.upserter(peer.connect(), "cpu", cpu);
        rate(peer, "W4 rows/s, upserts of existing keys", "cpu", writer, () -> new Load(
                        Load.BATCH_ROWS, options.loadLimit())
                .run(shuffled.iterator(), writer));
    }

    private void insertSingly(Peer peer) throws SQLException {
        createTable(peer, "single", data.shape().hosts());
        Iterator<CpuRow> rows =
                Stream.generate(data.ordered()::next).limit(SINGLE_ROWS).iterator();
        RowWriter writer = contender.singly(peer.connect(), "single", cpu);
        rate(peer, "W3 rows/s, single rows", "single", writer, () -> new Load(1, options.loadLimit())
                .run(rows, writer));
    }

    /** A load; returns the rows written. */
    private interface Writing {
        long run() throws SQLException;
    }

    private long rate(Peer peer, String row, String tableName, RowWriter writer, Writing writing) throws SQLException {
        try (writer) {
            return rate(peer, row, tableName, writing);
        }
    }

    private long rate(Peer peer, String row, String tableName, Writing writing) throws SQLException {
        try (Connection watching = peer.connect()) {
            long start = System.nanoTime();
            long rows = writing.run();
            peer.awaitVisible(watching, tableName);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            Figure figure = figure(rows / seconds, "%,.0f");
            String durability = peer.durability().equals("fsync") ? "" : " ¹";
            add(row, Direction.MORE_IS_BETTER, new Figure(figure.value(), figure.text() + durability));
            say(String.format(Locale.ROOT, "wrote %,d rows in %.1f s", rows, seconds));
            return rows;
        }
    }

    private static Figure figure(double value, String format) {
        return new Figure(value, String.format(Locale.ROOT, format, value));
    }

    private void add(String row, Direction direction, Figure figure) {
        table.add(row, direction, name, figure);
        say(row + ": " + figure.text());
    }

    private void say(String text) {
        System.out.println(contender.label() + ": " + text);
    }
}
