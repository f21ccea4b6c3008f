package io.trellisdb.sql.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.testing.SeededSuite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the store of a time series computes is what operators over its rows compute. */
final class SeriesPushDownTest {
    private static final List<SeriesTables.Shape> SHAPES = List.of(
            SeriesTables.Shape.HOST, SeriesTables.Shape.SITE, SeriesTables.Shape.LONE, SeriesTables.Shape.WHOLE);
    private static final int ROUNDS = 25;
    private static final int QUERIES = 25;

    @Test
    void storesAnswerAsRowsDo() {
        int[] inStore = new int[1];
        new SeededSuite("sql-series-push-down", ROUNDS, 0.1).run(random -> {
            SeriesTables.Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
            try (SeriesTables tables = new SeriesTables(shape, random)) {
                RandomSeriesQuery queries = new RandomSeriesQuery(random, tables);
                for (int i = 0; i < QUERIES; i++) {
                    String sql = queries.next();
                    List<Object> parameters = queries.parameters();
                    List<String> expected = tables.run(sql.replace("$", "c"), parameters);
                    List<String> actual = tables.run(sql.replace("$", "t"), parameters);
                    assertEquals(
                            String.join("\n", expected),
                            String.join("\n", actual),
                            () -> shape + ": " + sql + " " + parameters + "\n" + tables.explain(sql.replace("$", "t")));
                    inStore[0] += actual.size() > 1 && isInStore(tables, sql) ? 1 : 0;
                }
            }
        });
        assertTrue(inStore[0] > QUERIES, () -> "queries that the store answered: " + inStore[0]);
    }

    private static boolean isInStore(SeriesTables tables, String sql) {
        String plan = tables.explain(sql.replace("$", "t"));
        return plan.contains("SeriesAggregate") || plan.contains("latest of series");
    }
}
