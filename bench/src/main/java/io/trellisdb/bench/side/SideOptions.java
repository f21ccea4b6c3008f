package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Scale;
import io.trellisdb.bench.data.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one run measures.
 *
 * @param folder where the systems keep their data
 * @param loadLimit the longest that one load may take, except for the load that queries need
 */
record SideOptions(
        Scale scale,
        Variant variant,
        List<Contender> contenders,
        Set<Work> works,
        List<CpuQuery> queries,
        Path folder,
        Duration loadLimit,
        List<String> trellisJvm,
        List<String> trellisSettings) {
    static final String USAGE = """
            options:
              --scale XS|S|W|L|IOT|MANY     how much data (S)
              --variant tsbs|sensor|raw64   how precise its values are (tsbs)
              --peers a,b                   of trellis, trellis-buffered, questdb, postgres, duckdb, h2 (all but the second)
              --work a,b                    of W1, W1x4, W2, W3, W4, size, T (all queries), T1, T2, … (all)
              --folder DIR                  where the data lives meanwhile (the folder for temporary files)
              --load-seconds N              longest load of W1x4, W2, W3 and W4 (60)
              --jvm OPTION                  further option for Trellis' JVM, may be repeated
              --set KEY=VALUE               further setting of Trellis, may be repeated
            """;

    private static final Duration DEFAULT_LOAD_LIMIT = Duration.ofSeconds(60);

    /** Loads and sizes that can be asked for. */
    enum Work {
        W1,
        W1X4,
        W2,
        W3,
        W4,
        SIZE
    }

    static SideOptions parse(List<String> arguments) {
        Draft draft = new Draft();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("option without a value: " + arguments.get(i));
            }
            draft.set(arguments.get(i), arguments.get(i + 1));
        }
        return draft.options();
    }

    private static final class Draft {
        private Scale scale = Scale.S;
        private Variant variant = Variant.TSBS;
        private List<Contender> contenders = Stream.of(Contender.values())
                .filter(contender -> contender != Contender.TRELLIS_BUFFERED)
                .toList();
        private final Set<Work> works = EnumSet.noneOf(Work.class);
        private final Set<CpuQuery> queries = EnumSet.noneOf(CpuQuery.class);
        private Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        private Duration loadLimit = DEFAULT_LOAD_LIMIT;
        private final List<String> trellisJvm = new ArrayList<>();
        private final List<String> trellisSettings = new ArrayList<>();

        private void set(String option, String value) {
            switch (option) {
                case "--scale" -> scale = Scale.valueOf(value.toUpperCase(Locale.ROOT));
                case "--variant" -> variant = Variant.valueOf(value.toUpperCase(Locale.ROOT));
                case "--peers" ->
                    contenders =
                            Stream.of(value.split(",")).map(Draft::contender).toList();
                case "--work" -> Stream.of(value.split(",")).forEach(this::addWork);
                case "--folder" -> folder = Path.of(value);
                case "--load-seconds" -> loadLimit = Duration.ofSeconds(Long.parseLong(value));
                case "--jvm" -> trellisJvm.add(value);
                case "--set" -> trellisSettings.add(value);
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }

        private static Contender contender(String label) {
            return Stream.of(Contender.values())
                    .filter(contender -> contender.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown system: " + label));
        }

        private void addWork(String name) {
            if (name.equals("T")) {
                queries.addAll(EnumSet.allOf(CpuQuery.class));
                return;
            }
            Optional<CpuQuery> query = Stream.of(CpuQuery.values())
                    .filter(candidate -> candidate.label().equals(name))
                    .findFirst();
            if (query.isPresent()) {
                queries.add(query.get());
            } else {
                works.add(Work.valueOf(name.toUpperCase(Locale.ROOT)));
            }
        }

        private SideOptions options() {
            if (works.isEmpty() && queries.isEmpty()) {
                works.addAll(EnumSet.allOf(Work.class));
                queries.addAll(EnumSet.allOf(CpuQuery.class));
            }
            return new SideOptions(
                    scale,
                    variant,
                    contenders,
                    works,
                    List.copyOf(queries),
                    folder,
                    loadLimit,
                    trellisJvm,
                    trellisSettings);
        }
    }
}
