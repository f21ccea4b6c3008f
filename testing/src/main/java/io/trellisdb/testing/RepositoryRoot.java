package io.trellisdb.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the source tree from wherever a test runs. */
public final class RepositoryRoot {
    private RepositoryRoot() {}

    /** The folder that holds the root {@code pom.xml}; {@link IllegalStateException} outside a source tree. */
    public static Path find() {
        return above(moduleFolder());
    }

    /** The folder of the module whose tests are running: Maven makes it the working directory. */
    public static Path moduleFolder() {
        return Path.of("").toAbsolutePath();
    }

    static Path above(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(".mvn").resolve("jvm.config"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no source tree above: " + start);
    }

    /** Where the build of this run puts what it makes, relative to a module: {@code target}, or {@code target/quick}. */
    static Path buildFolder() {
        String directory = System.getProperty("trellis.build.directory", "");
        return directory.isBlank() ? Path.of("target") : moduleFolder().relativize(Path.of(directory));
    }
}
