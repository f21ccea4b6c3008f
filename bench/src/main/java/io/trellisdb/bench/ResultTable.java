package io.trellisdb.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rates of several systems at several works, printed as a Markdown table with the ratio of the first system to the best other. */
public final class ResultTable {
    private final List<Cell> cells = new ArrayList<>();

    private record Cell(String work, String system, double rate) {}

    /** @param rate units per second, more is better */
    public void add(String work, String system, double rate) {
        cells.add(new Cell(work, system, rate));
    }

    /** The table; the column "ratio" is the first system's rate over the best other's. */
    public String markdown() {
        Set<String> works = new LinkedHashSet<>();
        Set<String> systems = new LinkedHashSet<>();
        cells.forEach(cell -> {
            works.add(cell.work());
            systems.add(cell.system());
        });
        StringBuilder table = new StringBuilder("| per second | ");
        systems.forEach(system -> table.append(system).append(" | "));
        table.append("ratio to best peer |\n|---|");
        table.append("--:|".repeat(systems.size() + 1)).append('\n');
        for (String work : works) {
            table.append("| ").append(work).append(" | ");
            systems.forEach(system -> table.append(print(find(work, system))).append(" | "));
            table.append(ratio(work, List.copyOf(systems))).append(" |\n");
        }
        return table.toString();
    }

    private Optional<Double> find(String work, String system) {
        return cells.stream()
                .filter(cell -> cell.work().equals(work) && cell.system().equals(system))
                .map(Cell::rate)
                .findFirst();
    }

    private static String print(Optional<Double> rate) {
        return rate.map(value -> String.format(Locale.ROOT, "%,.0f", value)).orElse("–");
    }

    private String ratio(String work, List<String> systems) {
        Optional<Double> ours = find(work, systems.get(0));
        double best = systems.stream()
                .skip(1)
                .mapToDouble(system -> find(work, system).orElse(0.0))
                .max()
                .orElse(0);
        return ours.isEmpty() || best == 0 ? "–" : String.format(Locale.ROOT, "%.2f", ours.get() / best);
    }
}
