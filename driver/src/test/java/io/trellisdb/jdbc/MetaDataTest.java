package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.StatementKind;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metadata over a scripted {@code information_schema}: which queries are asked, and what becomes of their rows. */
final class MetaDataTest {
    private static final Pattern QUERY =
            Pattern.compile("SELECT (.*) FROM information_schema\\.(\\w+)(?: WHERE (.*))?");
    /** Rows of each table by column names, in the order of the names. */
    private static final Map<String, List<Map<String, Object>>> TABLES = new TreeMap<>(Map.of(
            "schemata", List.of(Map.of("schema_name", "travel"), Map.of("schema_name", "sensors")),
            "tables",
                    List.of(
                            Map.of("table_schema", "travel", "table_name", "flights", "table_type", "BASE TABLE"),
                            Map.of("table_schema", "travel", "table_name", "delays", "table_type", "VIEW"),
                            Map.of(
                                    "table_schema",
                                    "information_schema",
                                    "table_name",
                                    "tables",
                                    "table_type",
                                    "SYSTEM VIEW")),
            "columns",
                    List.of(
                            column("delay", 2, "DECIMAL", "numeric_precision", 10, "numeric_scale", 2),
                            column("id", 1, "BIGINT", "is_identity", "YES", "is_nullable", "NO"),
                            column("day", 3, "TIMESTAMP(3)", "datetime_precision", 3),
                            column("name", 4, "VARCHAR", "character_maximum_length", 20, "column_default", "'x'")),
            "table_constraints",
                    List.of(constraint("flights_pk", "PRIMARY KEY"), constraint("flights_fk", "FOREIGN KEY")),
            "key_column_usage",
                    List.of(key("flights_pk", "id", 1), key("flights_fk", "name", 2), key("flights_fk", "day", 1)),
            "referential_constraints",
                    List.of(Map.of(
                            "constraint_schema", "travel",
                            "constraint_name", "flights_fk",
                            "unique_constraint_name", "airports_pk",
                            "update_rule", "NO ACTION",
                            "delete_rule", "CASCADE",
                            "referenced_table_schema", "travel",
                            "referenced_table_name", "airports",
                            "referenced_column_names", "d, n")),
            "indexes", List.of(index("by_name", "NO", "name", "YES"), index("flights_pk", "YES", "id", "NO"))));

    private final List<String> asked = new ArrayList<>();
    private final Map<Long, String> prepared = new ConcurrentHashMap<>();
    private SocketServer server;
    private Connection connection;
    private DatabaseMetaData meta;

    private static Map<String, Object> column(String name, int position, String type, Object... more) {
        Map<String, Object> row = new TreeMap<>(Map.of(
                "table_schema", "travel",
                "table_name", "flights",
                "column_name", name,
                "ordinal_position", position,
                "data_type", type,
                "is_nullable", "YES",
                "is_identity", "NO",
                "is_generated", "NEVER"));
        for (int i = 0; i < more.length; i += 2) {
            row.put((String) more[i], more[i + 1]);
        }
        return row;
    }

    private static Map<String, Object> constraint(String name, String type) {
        return Map.of(
                "table_schema", "travel", "table_name", "flights", "constraint_name", name, "constraint_type", type);
    }

    private static Map<String, Object> key(String constraint, String column, int position) {
        return Map.of(
                "table_schema", "travel",
                "table_name", "flights",
                "constraint_name", constraint,
                "column_name", column,
                "ordinal_position", position);
    }

    private static Map<String, Object> index(String name, String unique, String column, String descending) {
        return Map.of(
                "table_schema", "travel",
                "table_name", "flights",
                "index_name", name,
                "is_unique", unique,
                "ordinal_position", 1,
                "column_name", column,
                "is_descending", descending);
    }

    @BeforeEach
    void connect() throws Exception {
        server = SocketServer.start((peer, frame) -> {
            if (frame.request() instanceof Request.Prepare prepare) {
                prepared.put(frame.id(), prepare.sql());
                asked.add(prepare.sql());
                peer.reply(frame, describe(frame.id(), prepare.sql()));
            } else if (frame.request() instanceof Request.Execute execute) {
                Batch rows = answer(prepared.get(execute.statement()), execute.parameters());
                peer.reply(frame, new RowBatch(0, Progress.LAST, null, rows));
            }
        });
        connection = DriverManager.getConnection(server.url());
        meta = connection.getMetaData();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    private static List<DataType> types(String sql) {
        Matcher matcher = QUERY.matcher(sql);
        assertTrue(matcher.matches(), sql);
        List<DataType> types = new ArrayList<>();
        for (String name : matcher.group(1).split(", ")) {
            boolean isNumber = name.matches(".*(_position|_precision|_scale|_length)");
            types.add(isNumber ? DataType.INTEGER : DataType.VARCHAR);
        }
        return types;
    }

    private static Response describe(long statement, String sql) {
        List<DataType> parameters = sql.chars()
                .filter(c -> c == '?')
                .mapToObj(c -> DataType.VARCHAR)
                .toList();
        List<ColumnMetadata> columns = types(sql).stream()
                .map(t -> ColumnMetadata.ofExpression("c", t))
                .toList();
        return new Response.Prepared(
                statement, StatementKind.QUERY, false, parameters, columns, new Routing.Anywhere());
    }

    /** Evaluates {@code column = ?} conditions; of LIKE only a pattern's text before its first wildcard counts. */
    private static Batch answer(String sql, Batch parameters) {
        Matcher matcher = QUERY.matcher(sql);
        assertTrue(matcher.matches(), sql);
        String[] names = matcher.group(1).split(", ");
        String[] conditions =
                matcher.group(3) == null ? new String[0] : matcher.group(3).split(" AND ");
        BatchBuilder rows = new BatchBuilder(types(sql), 10);
        for (Map<String, Object> row : TABLES.get(matcher.group(2))) {
            boolean isWanted = true;
            for (int i = 0; i < conditions.length; i++) {
                String wanted = (String) parameters.row(0).get(i);
                String value = (String) row.get(conditions[i].substring(0, conditions[i].indexOf(' ')));
                isWanted &= conditions[i].endsWith("= ?")
                        ? value.equals(wanted)
                        : value.startsWith((wanted + "%")
                                .substring(0, (wanted + "%").indexOf('%'))
                                .replace("\\", ""));
            }
            if (isWanted) {
                rows.appendRow(Arrays.stream(names).map(row::get).toArray());
            }
        }
        return rows.build();
    }

    private static String table(ResultSet rows, String... columns) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            for (String column : columns) {
                text.append(rows.getString(column)).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void tablesHaveTheirTypesInOrder() throws SQLException {
        assertEquals(
                "SYSTEM TABLE information_schema tables \nTABLE travel flights \nVIEW travel delays \n",
                table(meta.getTables(null, null, "%", null), "TABLE_TYPE", "TABLE_SCHEM", "TABLE_NAME"));
        assertEquals(
                "flights \n", table(meta.getTables("trellis", "travel", "%", new String[] {"TABLE"}), "TABLE_NAME"));
        assertEquals("", table(meta.getTables("other", null, "%", null), "TABLE_NAME"));
    }

    @Test
    void patternsBecomeLikeAndNamesEqual() throws SQLException {
        meta.getTables(null, "travel", "fl%", null);
        meta.getTables(null, "tr\\_x", "%", null);

        assertTrue(asked.get(0).endsWith(" WHERE table_schema = ? AND table_name LIKE ? ESCAPE '\\'"), asked.get(0));
        assertTrue(asked.get(1).endsWith(" WHERE table_schema LIKE ? ESCAPE '\\'"), asked.get(1));
    }

    @Test
    void columnsAreDescribedInTheirOrder() throws SQLException {
        assertEquals(
                String.join(
                        "",
                        "1 id BIGINT -5 19 0 NO YES null \n",
                        "2 delay DECIMAL 3 10 2 YES NO null \n",
                        "3 day TIMESTAMP 93 23 3 YES NO null \n",
                        "4 name VARCHAR 12 20 null YES NO 'x' \n"),
                table(
                        meta.getColumns(null, "travel", "flights", null),
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "DATA_TYPE",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "IS_NULLABLE",
                        "IS_AUTOINCREMENT",
                        "COLUMN_DEF"));
    }

    @Test
    void keysAndIndexesAreListed() throws SQLException {
        assertEquals(
                "id 1 flights_pk \n",
                table(meta.getPrimaryKeys(null, "travel", "flights"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
        assertEquals(
                "false flights_pk id A \ntrue by_name name D \n",
                table(
                        meta.getIndexInfo(null, "travel", "flights", false, true),
                        "NON_UNIQUE",
                        "INDEX_NAME",
                        "COLUMN_NAME",
                        "ASC_OR_DESC"));
        assertEquals("flights_pk \n", table(meta.getIndexInfo(null, "travel", "flights", true, true), "INDEX_NAME"));
        String imported = "1 airports d flights day 0 flights_fk \n2 airports n flights name 0 flights_fk \n";
        String[] columns = {
            "KEY_SEQ", "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "DELETE_RULE", "FK_NAME"
        };
        assertEquals(imported, table(meta.getImportedKeys(null, "travel", "flights"), columns));
        assertEquals(imported, table(meta.getExportedKeys(null, "travel", "airports"), columns));
        assertEquals("", table(meta.getExportedKeys(null, "travel", "flights"), columns));
        assertEquals(
                "id -5 \n",
                table(meta.getBestRowIdentifier(null, "travel", "flights", 0, true), "COLUMN_NAME", "DATA_TYPE"));
    }

    @Test
    void schemasCatalogsAndTypesAreListed() throws SQLException {
        assertEquals("sensors \ntravel \n", table(meta.getSchemas(), "TABLE_SCHEM"));
        assertEquals("trellis \n", table(meta.getCatalogs(), "TABLE_CAT"));
        assertEquals("SYSTEM TABLE \nTABLE \nVIEW \n", table(meta.getTableTypes(), "TABLE_TYPE"));
        try (ResultSet types = meta.getTypeInfo()) {
            int previous = Integer.MIN_VALUE;
            int count = 0;
            while (types.next()) {
                assertTrue(types.getInt("DATA_TYPE") >= previous);
                previous = types.getInt("DATA_TYPE");
                count++;
            }
            assertEquals(22, count);
        }
    }

    @Test
    void everyMethodAnswersWithItsColumns() throws Exception {
        for (Method method : DatabaseMetaData.class.getMethods()) {
            boolean isAnswer = method.getDeclaringClass() == DatabaseMetaData.class
                    && !java.lang.reflect.Modifier.isStatic(method.getModifiers())
                    && !method.isDefault();
            if (isAnswer) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(MetaDataTest::argument)
                        .toArray();
                if (method.invoke(meta, arguments) instanceof ResultSet rows) {
                    ResultSetMetaData columns = rows.getMetaData();
                    assertTrue(columns.getColumnCount() > 0, method.getName());
                    assertEquals(
                            columns.getColumnLabel(1), columns.getColumnLabel(1).strip());
                }
            }
        }
    }

    private static Object argument(Class<?> type) {
        if (type == int.class) {
            return Types.INTEGER;
        }
        return type == boolean.class ? (Object) false : null;
    }

    @Test
    void flagsMeanWhatTheySay() throws SQLException {
        assertTrue(meta.supportsBatchUpdates());
        assertTrue(meta.storesLowerCaseIdentifiers());
        assertTrue(meta.nullsAreSortedHigh());
        assertFalse(meta.supportsTransactions());
        assertFalse(meta.supportsSavepoints());
        assertFalse(meta.supportsMultipleOpenResults());
        assertTrue(meta.supportsTransactionIsolationLevel(meta.getDefaultTransactionIsolation()));
        assertFalse(meta.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE));
        assertEquals(0, meta.getDatabaseMajorVersion());
        assertEquals(1, meta.getDatabaseMinorVersion());
        assertEquals("0.1.0", meta.getDatabaseProductVersion());
        assertEquals(server.url().replace("?", ""), meta.getURL());
    }
}
