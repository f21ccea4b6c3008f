package io.trellisdb.storage.engine;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.StoredResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of statements that depends on nothing but a seed, so that one process can make them and another one knows what
 * must be there after any of them: rows of a collection and of two time series put in order and late, updated and deleted,
 * truncations, floors, counters, changes of schema and the states of an index. Statement {@code n} is the entry with LSN
 * {@code n}. Immutable.
 */
final class Statements {
    static final long PEOPLE = 5;
    static final long READINGS = 6;
    static final long EVENTS = 7;

    /** Statements between two changes of schema. */
    private static final int SCHEMA_EVERY = 20;
    /** A new index with every so many versions; it is built meanwhile. */
    private static final int INDEX_EVERY = 3;

    private static final int BACKFILL_AT = 5;
    private static final int PUBLIC_AT = 10;
    private static final long STEP_MILLIS = 10_000;
    private static final int SERIES = 3;
    private static final int PEOPLE_IDS = 300;
    private static final int LOWEST_UNFINISHED_LAG = 5;

    private final long seed;
    private final long session;
    private final int rowsMax;

    /** {@code rowsMax} bounds the rows of one statement, from 2 on. */
    Statements(long seed, long session, int rowsMax) {
        this.seed = seed;
        this.session = session;
        this.rowsMax = rowsMax;
    }

    /** What a statement changes in each of its partitions, and what it answers. */
    record Statement(
            long number, @Nullable Token token, @Nullable StoredResult result, List<Operation> operations) {}

    private static int version(long number) {
        return (int) (number / SCHEMA_EVERY) + 1;
    }

    private static boolean hasIndexUnderWay(long number) {
        return version(number) % INDEX_EVERY == 0;
    }

    /** The container and index whose backfill must be over before this statement is made. */
    record Backfill(ContainerDescriptor container, long indexId) {}

    @Nullable
    Backfill backfillBefore(long number) {
        boolean isDue = hasIndexUnderWay(number) && number % SCHEMA_EVERY == PUBLIC_AT;
        return isDue ? new Backfill(people(version(number)), indexId(version(number))) : null;
    }

    /** Where the tokens' results begin that must be known after this statement: 0 when there is none yet. */
    long lowestKnownResult(long last) {
        for (long number = last; number > 0; number--) {
            Token token = statement(number).token();
            if (token != null) {
                return token.lowestUnfinished();
            }
        }
        return 0;
    }

    Statement statement(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ number * 0x9E37_79B9_7F4A_7C15L);
        List<Operation> operations = operations(number, random);
        if (number % 7 == 3) {
            return new Statement(number, null, null, operations);
        }
        Token token = new Token(session, number, Math.max(1, number - LOWEST_UNFINISHED_LAG));
        return new Statement(number, token, result(number), operations);
    }

    private static StoredResult result(long number) {
        if (number % 11 != 0) {
            return StoredResult.ofCount(number);
        }
        BatchBuilder rows = new BatchBuilder(List.of(DataType.BIGINT), 2);
        rows.appendRow(number);
        rows.appendRow(-number);
        return new StoredResult(number, rows.build(), List.of(1, 0));
    }

    private List<Operation> operations(long number, SplittableRandom random) {
        int version = version(number);
        if (number == 1 || number % SCHEMA_EVERY == 0) {
            return List.of(
                    new Operation.DefineContainer(people(version)),
                    new Operation.DefineContainer(readings(version)),
                    new Operation.DefineContainer(events()));
        }
        if (hasIndexUnderWay(number) && number % SCHEMA_EVERY == BACKFILL_AT) {
            return List.of(new Operation.SetIndexState(PEOPLE, indexId(version), State.BACKFILL));
        }
        if (hasIndexUnderWay(number) && number % SCHEMA_EVERY == PUBLIC_AT) {
            return List.of(new Operation.SetIndexState(PEOPLE, indexId(version), State.PUBLIC));
        }
        List<Operation> operations = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            operations.add(operation(number, version, random));
        }
        return operations;
    }

    private Operation operation(long number, int version, SplittableRandom random) {
        int choice = random.nextInt(200);
        if (choice < 70) {
            return putReadings(number, version, 0, random);
        }
        if (choice < 90) {
            return putReadings(Math.max(1, number - random.nextInt(60)), version, random.nextInt(3), random);
        }
        if (choice < 110) {
            return deleteReadings(Math.max(1, number - random.nextInt(60)), random);
        }
        if (choice < 130) {
            return putEvents(number, random);
        }
        if (choice < 170) {
            return putPeople(version, random);
        }
        if (choice < 188) {
            return deletePeople(random);
        }
        if (choice < 192) {
            return new Operation.ReserveCounter(PEOPLE, random.nextInt(2), 1000 * number);
        }
        if (choice < 196) {
            return new Operation.RaiseFloor(READINGS, (number - random.nextInt(150)) * STEP_MILLIS);
        }
        return new Operation.Truncate(choice == 196 ? READINGS : choice == 197 ? EVENTS : PEOPLE);
    }

    private static long indexId(int version) {
        return 1000L + version / INDEX_EVERY;
    }

    /** {@code (id, name, amount, [added])} with an index on the name and, for some versions, one on the amount. */
    private static ContainerDescriptor people(int version) {
        List<ColumnDescriptor> columns = new ArrayList<>(List.of(
                ColumnDescriptor.of(1, "id", DataType.BIGINT, false),
                ColumnDescriptor.of(2, "name", DataType.VARCHAR, true),
                ColumnDescriptor.of(3, "amount", DataType.DOUBLE, true)));
        addColumn(columns, version);
        List<IndexDescriptor> indexes = new ArrayList<>();
        indexes.add(Containers.index(500, false, State.PUBLIC, KeyColumn.ascending(2)));
        if (version >= INDEX_EVERY) {
            State state = version % INDEX_EVERY == 0 ? State.WRITE_ONLY : State.PUBLIC;
            indexes.add(Containers.index(indexId(version), false, state, new KeyColumn(3, true)));
        }
        return descriptor(PEOPLE, version, ContainerKind.COLLECTION, columns, List.of(KeyColumn.ascending(1)), indexes);
    }

    /** {@code (series, ts, reading, note, [added])}. */
    private static ContainerDescriptor readings(int version) {
        List<ColumnDescriptor> columns = new ArrayList<>(List.of(
                ColumnDescriptor.of(1, "series", DataType.VARCHAR, false),
                ColumnDescriptor.of(2, "ts", DataType.timestamp(3), false),
                ColumnDescriptor.of(3, "reading", DataType.DOUBLE, true),
                ColumnDescriptor.of(4, "note", DataType.VARCHAR, true)));
        addColumn(columns, version);
        return descriptor(
                READINGS,
                version,
                ContainerKind.TIME_SERIES,
                columns,
                List.of(KeyColumn.ascending(1), KeyColumn.ascending(2)),
                List.of());
    }

    /** {@code (ts, code)}: one series, newest first. */
    private static ContainerDescriptor events() {
        List<ColumnDescriptor> columns = List.of(
                ColumnDescriptor.of(1, "ts", DataType.timestamp(3), false),
                ColumnDescriptor.of(2, "code", DataType.BIGINT, true));
        return descriptor(EVENTS, 1, ContainerKind.TIME_SERIES, columns, List.of(new KeyColumn(1, true)), List.of());
    }

    /** Even versions have a column of their own, which rows written before have as 7 or NULL. */
    private static void addColumn(List<ColumnDescriptor> columns, int version) {
        if (version % 2 == 0) {
            Object absent = version % 4 == 0 ? (Object) 7L : null;
            columns.add(new ColumnDescriptor(10 + version, "added", DataType.BIGINT, true, null, absent, null));
        }
    }

    private static ContainerDescriptor descriptor(
            long id,
            int version,
            ContainerKind kind,
            List<ColumnDescriptor> columns,
            List<KeyColumn> key,
            List<IndexDescriptor> indexes) {
        return new ContainerDescriptor(
                id,
                version,
                1,
                "container" + id,
                kind,
                columns,
                key,
                indexes,
                List.of(),
                List.of(),
                new Partitioning.Whole(0),
                Map.of(),
                11 + version);
    }

    private int rows(SplittableRandom random) {
        return 1 + random.nextInt(random.nextInt(10) == 0 ? rowsMax : Math.max(2, rowsMax / 16));
    }

    /** Rows of one series at the time of statement {@code base}; {@code offset} 0 meets the rows that it put itself. */
    private Operation putReadings(long base, int version, int offset, SplittableRandom random) {
        ContainerDescriptor container = readings(version);
        String series = "s" + random.nextInt(SERIES);
        int rows = rows(random);
        BatchBuilder batch = builder(container, rows);
        for (int row = 0; row < rows; row++) {
            text(batch, 0, series);
            number(batch, 1, timestamp(base, row, offset));
            if (random.nextInt(20) == 0) {
                batch.column(2).appendNull();
            } else {
                ((DoubleVectorBuilder) batch.column(2)).appendDouble((base * 100 + random.nextInt(1000)) / 100.0);
            }
            text(batch, 3, random.nextInt(8) == 0 ? null : "note " + random.nextInt(5));
            added(batch, container, 4, random);
        }
        return put(container, batch.build());
    }

    private static long timestamp(long base, int row, int offset) {
        return base * STEP_MILLIS + 5L * row + offset;
    }

    private static Operation deleteReadings(long base, SplittableRandom random) {
        ContainerDescriptor container = readings(1);
        int rows = 1 + random.nextInt(20);
        String series = "s" + random.nextInt(SERIES);
        BatchBuilder batch = builder(container, rows);
        for (int row = 0; row < rows; row++) {
            text(batch, 0, series);
            number(batch, 1, timestamp(base, row, 0));
            batch.column(2).appendNull();
            batch.column(3).appendNull();
        }
        return new Operation.DeleteRows(READINGS, RowKeys.ofRows(container, batch.build()));
    }

    private Operation putEvents(long number, SplittableRandom random) {
        ContainerDescriptor container = events();
        long base = Math.max(1, number - (random.nextInt(4) == 0 ? random.nextInt(30) : 0));
        int rows = rows(random);
        BatchBuilder batch = builder(container, rows);
        for (int row = 0; row < rows; row++) {
            number(batch, 0, timestamp(base, row, 0));
            number(batch, 1, random.nextInt(1_000_000));
        }
        return put(container, batch.build());
    }

    private Operation putPeople(int version, SplittableRandom random) {
        ContainerDescriptor container = people(version);
        long first = random.nextInt(PEOPLE_IDS);
        int rows = Math.min(rows(random), PEOPLE_IDS);
        BatchBuilder batch = builder(container, rows);
        for (int row = 0; row < rows; row++) {
            number(batch, 0, first + row);
            text(batch, 1, "n" + "x".repeat(random.nextInt(random.nextInt(300) == 0 ? 5000 : 12)));
            ((DoubleVectorBuilder) batch.column(2)).appendDouble(random.nextInt(50) / 2.0);
            added(batch, container, 3, random);
        }
        return put(container, batch.build());
    }

    private static Operation deletePeople(SplittableRandom random) {
        ContainerDescriptor container = people(1);
        long first = random.nextInt(PEOPLE_IDS);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        LongStream.range(first, first + 1 + random.nextInt(30)).forEach(id -> {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(id);
            row.add(null);
            row.add(null);
            rows.add(row);
        });
        return new Operation.DeleteRows(PEOPLE, RowKeys.ofRows(container, Containers.rows(container, rows)));
    }

    private static BatchBuilder builder(ContainerDescriptor container, int rows) {
        return new BatchBuilder(
                container.columns().stream().map(ColumnDescriptor::type).toList(), rows);
    }

    private static void number(BatchBuilder batch, int column, long value) {
        ((LongVectorBuilder) batch.column(column)).appendLong(value);
    }

    private static void text(BatchBuilder batch, int column, @Nullable String value) {
        VectorBuilder builder = batch.column(column);
        if (value == null) {
            builder.appendNull();
        } else {
            ((BytesVectorBuilder) builder).appendString(value);
        }
    }

    private static void added(BatchBuilder batch, ContainerDescriptor container, int column, SplittableRandom random) {
        IntStream.range(column, container.columns().size()).forEach(each -> number(batch, each, random.nextInt(9)));
    }

    private static Operation put(ContainerDescriptor container, Batch rows) {
        return new Operation.PutRows(container.id(), container.version(), rows, RowKeys.ofRows(container, rows));
    }
}
