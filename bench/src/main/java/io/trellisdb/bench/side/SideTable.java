package io.trellisdb.bench.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures by row and system, printed as Markdown with how many times as good the first system is as the best other. */
final class SideTable {
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private record Line(Direction direction, Map<String, Figure> figures) {}

    /** Which figure is the better one. */
    enum Direction {
        MORE_IS_BETTER,
        LESS_IS_BETTER,
        NOT_COMPARED
    }

    void add(String row, Direction direction, String system, Figure figure) {
        lines.computeIfAbsent(row, name -> new Line(direction, new LinkedHashMap<>()))
                .figures()
                .put(system, figure);
    }

    /** @param systems in the order of the columns; the first is compared with the others */
    String markdown(List<String> systems) {
        StringBuilder table = new StringBuilder("| | ");
        table.append(String.join(" | ", systems)).append(" | × best peer |\n|---|");
        table.append("--:|".repeat(systems.size() + 1)).append('\n');
        lines.forEach((row, line) -> {
            List<String> cells = new ArrayList<>(List.of(row));
            systems.forEach(system -> cells.add(
                    line.figures().getOrDefault(system, Figure.words("–")).text()));
            cells.add(factor(line, systems));
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
        return table.toString();
    }

    private static String factor(Line line, List<String> systems) {
        double ours = value(line, systems.get(0));
        OptionalDouble best = best(line, systems.subList(1, systems.size()));
        if (best.isEmpty() || Double.isNaN(ours) || line.direction() == Direction.NOT_COMPARED) {
            return "–";
        }
        double factor =
                line.direction() == Direction.MORE_IS_BETTER ? ours / best.getAsDouble() : best.getAsDouble() / ours;
        return String.format(Locale.ROOT, factor < 0.1 ? "%.3f" : "%.2f", factor);
    }

    private static double value(Line line, String system) {
        return line.figures().getOrDefault(system, Figure.words("")).value();
    }

    private static OptionalDouble best(Line line, List<String> systems) {
        var values = systems.stream().mapToDouble(system -> value(line, system)).filter(value -> !Double.isNaN(value));
        return line.direction() == Direction.MORE_IS_BETTER ? values.max() : values.min();
    }
}
