package io.trellisdb.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.harness.SqlHarness;
import io.trellisdb.testing.SeededSuite;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random changes of a small table with a unique column, checked against a map after every statement. */
final class ChangesAgainstModelTest {
    private static final int ROUNDS = 20;
    private static final int STATEMENTS = 120;
    private static final int KEYS = 12;
    private static final int UNIQUE_VALUES = 8;

    @Test
    void changesDoWhatAMapDoes() {
        new SeededSuite("changes-against-model", ROUNDS, 0.02).run(random -> new Round(random).run());
    }

    /** A row: a unique value, perhaps NULL, and a number. */
    private record Row(@Nullable Integer unique, int number) {}

    private static final class Round {
        private final Random random;
        private final SqlHarness sql = new SqlHarness();
        private Map<Integer, Row> model = new TreeMap<>();

        Round(Random random) {
            this.random = random;
        }

        void run() {
            // the unique column can only be enforced over partitions when it decides them, so this table is whole
            sql.run("create table t (k int primary key, u int unique, n int not null)");
            for (int i = 0; i < STATEMENTS; i++) {
                change();
                assertEquals(expected(), sql.run("select k, u, n from t order by k"));
            }
            sql.close();
        }

        private void change() {
            int key = random.nextInt(KEYS);
            Integer unique = random.nextInt(4) == 0 ? null : random.nextInt(UNIQUE_VALUES);
            int number = random.nextInt(100);
            Map<Integer, Row> after = new TreeMap<>(model);
            String statement;
            switch (random.nextInt(8)) {
                case 0 -> {
                    statement = "insert into t values (" + key + ", " + unique + ", " + number + ")";
                    if (after.putIfAbsent(key, new Row(unique, number)) != null) {
                        after = null;
                    }
                }
                case 1 -> {
                    statement = "upsert into t values (" + key + ", " + unique + ", " + number + ")";
                    after.put(key, new Row(unique, number));
                }
                case 2 -> {
                    statement = "insert into t values (" + key + ", " + unique + ", " + number
                            + ") on conflict (k) do update set u = excluded.u, n = t.n + excluded.n";
                    after.merge(
                            key,
                            new Row(unique, number),
                            (old, fresh) -> new Row(fresh.unique, old.number + fresh.number));
                }
                case 3 -> {
                    statement =
                            "insert into t values (" + key + ", " + unique + ", " + number + ") on conflict do nothing";
                    boolean collides = model.containsKey(key)
                            || unique != null && model.values().stream().anyMatch(row -> unique.equals(row.unique));
                    if (!collides) {
                        after.put(key, new Row(unique, number));
                    }
                }
                case 4 -> {
                    statement = "update t set u = " + unique + ", n = n + 1 where k = " + key;
                    after.computeIfPresent(key, (k, row) -> new Row(unique, row.number + 1));
                }
                case 5 -> {
                    statement = "update t set u = u + 1 where k >= " + key;
                    after.replaceAll(
                            (k, row) -> k >= key && row.unique != null ? new Row(row.unique + 1, row.number) : row);
                }
                case 6 -> {
                    statement = "update t set k = k + 1 where k >= " + key;
                    Map<Integer, Row> moved = new TreeMap<>();
                    model.forEach((k, row) -> moved.put(k >= key ? k + 1 : k, row));
                    after = moved;
                }
                default -> {
                    statement = "delete from t where k = " + key + " or u = " + unique;
                    after.entrySet()
                            .removeIf(entry ->
                                    entry.getKey() == key || unique != null && unique.equals(entry.getValue().unique));
                }
            }
            apply(statement, after);
        }

        private void apply(String statement, @Nullable Map<Integer, Row> after) {
            ErrorCode failure = null;
            try {
                sql.run(statement);
            } catch (TrellisException e) {
                failure = e.code();
            }
            boolean allowed = after != null && isUnique(after);
            assertEquals(allowed ? null : ErrorCode.UNIQUE_VIOLATION, failure, statement + " on " + model);
            if (allowed) {
                model = Objects.requireNonNull(after);
            }
        }

        private static boolean isUnique(Map<Integer, Row> rows) {
            Set<Integer> seen = new HashSet<>();
            return rows.values().stream().allMatch(row -> row.unique == null || seen.add(row.unique));
        }

        private String expected() {
            StringBuilder text = new StringBuilder("k | u | n");
            model.forEach((key, row) -> text.append('\n')
                    .append(key)
                    .append(" | ")
                    .append(row.unique)
                    .append(" | ")
                    .append(row.number));
            return text.toString();
        }
    }
}
