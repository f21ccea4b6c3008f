package io.trellisdb.examples;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A jOOQ query. Trellis speaks PostgreSQL's flavour of SQL, so jOOQ's dialect for it fits. */
public final class TypedQuery {
    private static final Table<Record> ROOMS = table(name("rooms"));
    private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
    private static final Field<String> FLOOR = field(name("floor"), SQLDataType.VARCHAR);
    private static final Field<Integer> SEATS = field(name("seats"), SQLDataType.INTEGER);

    private TypedQuery() {}

    public static void main(String[] arguments) throws SQLException {
        String url = arguments.length > 0 ? arguments[0] : "jdbc:trellis://127.0.0.1:20001/";
        try (Connection connection = DriverManager.getConnection(url)) {
            largeFloors(connection).forEach(System.out::println);
        }
    }

    /** What the query gives for one floor. */
    record FloorSize(String floor, int rooms, BigDecimal meanSeats) {}

    /** Floors with more than one room, the one with the largest rooms first. */
    static List<FloorSize> largeFloors(Connection connection) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
        sql.dropTableIfExists(ROOMS).execute();
        sql.createTable(ROOMS)
                .column(ID, SQLDataType.INTEGER.notNull())
                .column(FLOOR, SQLDataType.VARCHAR(20))
                .column(SEATS, SQLDataType.INTEGER)
                .primaryKey(ID)
                .execute();
        sql.insertInto(ROOMS, ID, FLOOR, SEATS)
                .values(1, "ground", 80)
                .values(2, "ground", 40)
                .values(3, "first", 12)
                .values(4, "first", 8)
                .values(5, "roof", 100)
                .execute();
        return sql.select(FLOOR, count(), avg(SEATS).cast(SQLDataType.DECIMAL(9, 2)))
                .from(ROOMS)
                .where(SEATS.gt(5))
                .groupBy(FLOOR)
                .having(count().gt(1))
                .orderBy(avg(SEATS).desc())
                .fetch(row -> new FloorSize(row.value1(), row.value2(), row.value3()));
    }
}
