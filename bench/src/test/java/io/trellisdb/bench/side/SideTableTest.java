package io.trellisdb.bench.side;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.bench.side.SideTable.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SideTableTest {
    @Test
    void factorsAboveOneMeanThatTheFirstSystemIsBetter() {
        SideTable table = new SideTable();
        table.add("rate", Direction.MORE_IS_BETTER, "ours", new Figure(300, "300"));
        table.add("rate", Direction.MORE_IS_BETTER, "other", new Figure(100, "100"));
        table.add("rate", Direction.MORE_IS_BETTER, "best", new Figure(150, "150"));
        table.add("time", Direction.LESS_IS_BETTER, "ours", new Figure(4, "4 / 5"));
        table.add("time", Direction.LESS_IS_BETTER, "best", new Figure(1, "1 / 2"));
        table.add("time", Direction.LESS_IS_BETTER, "other", Figure.words("differs"));

        assertEquals("""
                | | ours | best | other | × best peer |
                |---|--:|--:|--:|--:|
                | rate | 300 | 150 | 100 | 2.00 |
                | time | 4 / 5 | 1 / 2 | differs | 0.25 |
                """, table.markdown(List.of("ours", "best", "other")));
    }

    @Test
    void rowsWithoutAFigureOfOursHaveNoFactor() {
        SideTable table = new SideTable();
        table.add("time", Direction.LESS_IS_BETTER, "ours", Figure.words("differs"));
        table.add("time", Direction.LESS_IS_BETTER, "best", new Figure(1, "1"));

        assertEquals(
                "| | ours | best | × best peer |\n|---|--:|--:|--:|\n| time | differs | 1 | – |\n",
                table.markdown(List.of("ours", "best")));
    }
}
