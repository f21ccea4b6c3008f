package io.trellisdb.testing;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The architecture's picture as data: which module may import which, and who owns each foreign library.
 *
 * @param root the package above all modules
 * @param arrows the modules each module may import
 * @param owners the packages (below {@code root}) that may import a library, by the library's package
 */
record ModuleArrows(String root, Map<String, Set<String>> arrows, Map<String, Set<String>> owners) {
    /** Modules whose classes run inside other people's programs, or below all others: JDK only. */
    private static final Set<String> JDK_ONLY = Set.of("common", "protocol", "jdbc");

    /** Modules outside the product: they may use every library. */
    private static final Set<String> FREE = Set.of("bench");

    /** The real picture. A module's name is its package; the folder {@code driver} holds the package {@code jdbc}. */
    static final ModuleArrows TRELLIS = new ModuleArrows(
            "io.trellisdb",
            Map.ofEntries(
                    Map.entry("common", Set.of()),
                    Map.entry("testing", Set.of("common")),
                    Map.entry("protocol", Set.of("common")),
                    Map.entry("storage", Set.of("common")),
                    Map.entry("coordination", Set.of("common")),
                    Map.entry("replication", Set.of("storage", "common")),
                    Map.entry("sql", Set.of("storage", "common")),
                    Map.entry("jdbc", Set.of("protocol", "common")),
                    Map.entry("server", Set.of("sql", "replication", "coordination", "storage", "protocol", "common")),
                    Map.entry("cli", Set.of("jdbc")),
                    Map.entry("examples", Set.of("jdbc")),
                    Map.entry("simulation", Set.of("replication", "coordination", "storage", "common")),
                    Map.entry(
                            "bench",
                            Set.of(
                                    "server",
                                    "jdbc",
                                    "sql",
                                    "replication",
                                    "coordination",
                                    "storage",
                                    "protocol",
                                    "common"))),
            Map.ofEntries(
                    Map.entry("com.sleepycat", Set.of("storage.je", "coordination.bdbje")),
                    Map.entry("com.github.luben", Set.of("storage")),
                    Map.entry("org.apache.calcite", Set.of("sql")),
                    Map.entry("com.google.common", Set.of("sql")),
                    Map.entry("io.netty", Set.of("server")),
                    Map.entry("net.jpountz", Set.of("server")),
                    Map.entry("com.typesafe.config", Set.of("server")),
                    Map.entry("io.micrometer", Set.of("server")),
                    Map.entry("ch.qos.logback", Set.of("server")),
                    Map.entry("com.ongres", Set.of("server")),
                    Map.entry("org.slf4j", Set.of("storage", "coordination", "replication", "sql", "server")),
                    Map.entry("picocli", Set.of("cli", "server")),
                    Map.entry("sqlline", Set.of("cli")),
                    Map.entry("org.jline", Set.of("cli")),
                    Map.entry("com.zaxxer", Set.of("examples")),
                    Map.entry("org.jooq", Set.of("examples")),
                    Map.entry("org.junit", Set.of("testing")),
                    Map.entry("com.tngtech.archunit", Set.of("testing")),
                    Map.entry("org.h2", Set.of()),
                    Map.entry("org.postgresql", Set.of()),
                    Map.entry("org.openjdk.jmh", Set.of())));

    String packageOf(String module) {
        if (!arrows.containsKey(module)) {
            throw new IllegalArgumentException("module is not in the picture: " + module);
        }
        return root + "." + module;
    }

    /** Package patterns a module may import, its own included. */
    String[] allowedPackages(String module) {
        return Stream.concat(Stream.of(module), arrows.getOrDefault(module, Set.of()).stream())
                .map(name -> root + "." + name + "..")
                .toArray(String[]::new);
    }

    boolean isJdkOnly(String module) {
        return JDK_ONLY.contains(module);
    }

    boolean isFree(String module) {
        return FREE.contains(module);
    }
}
