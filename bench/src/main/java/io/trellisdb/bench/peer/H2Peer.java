package io.trellisdb.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** H2 in server mode, its result cache switched off. */
public final class H2Peer implements Peer {
    private static final Pattern ADDRESS = Pattern.compile("tcp://[^:]+:(\\d+)");

    private final JavaProcess process;
    private final String url;
    private final Path home;
    private final List<String> jvmOptions;

    private H2Peer(JavaProcess process, String url, Path home, List<String> jvmOptions) {
        this.process = process;
        this.url = url;
        this.home = home;
        this.jvmOptions = jvmOptions;
    }

    public static H2Peer start(Path folder, List<String> jvmOptions) {
        Path home = folder.resolve("h2");
        JavaProcess process = JavaProcess.start(
                folder.resolve("h2.log"),
                "TCP server running",
                jvmOptions,
                List.of("org.h2.tools.Server", "-tcp", "-tcpPort", "0", "-ifNotExists", "-baseDir", home.toString()));
        Matcher address = ADDRESS.matcher(process.readyLine());
        if (!address.find()) {
            process.close();
            throw new IllegalStateException("H2 named no port: " + process.readyLine());
        }
        return new H2Peer(
                process,
                "jdbc:h2:tcp://127.0.0.1:" + address.group(1)
                        + "/./bench;OPTIMIZE_REUSE_RESULTS=0;DATABASE_TO_LOWER=TRUE",
                home,
                jvmOptions);
    }

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public String durability() {
        return "no fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    @Override
    public String settings() {
        return String.join(" ", jvmOptions) + ", server over TCP, one file, OPTIMIZE_REUSE_RESULTS=0";
    }

    @Override
    public void settle(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze table " + table);
        }
    }

    @Override
    public long residentPeakBytes() {
        return ResidentMemory.peakOfFamily(process.id());
    }

    @Override
    public long bytesOnDisk(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
        return Folders.sizeBytes(home);
    }

    @Override
    public void close() {
        process.close();
    }
}
