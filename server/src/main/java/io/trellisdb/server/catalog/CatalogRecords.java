package io.trellisdb.server.catalog;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The catalog's records as bytes; each begins with a version, now 1, but containers, whose codec has its own.
 *
 * <pre>
 *   head := 1 · next id           database := 1 · id · name
 *   view := 1 · id · database id · name · count · column name* · query
 * </pre>
 *
 * Numbers are varints.
 */
final class CatalogRecords {
    static final String PREFIX = "catalog/";
    static final String HEAD = PREFIX + "head";
    static final String DATABASE = PREFIX + "database/";
    static final String CONTAINER = PREFIX + "container/";
    static final String VIEW = PREFIX + "view/";
    static final String DROPPED = PREFIX + "dropped/";

    private static final int VERSION = 1;

    private CatalogRecords() {}

    /** Ids of equal length, so that keys sort as numbers. */
    static String key(String prefix, long id) {
        return prefix + String.format(Locale.ROOT, "%016x", id);
    }

    static long idOf(String key) {
        return Long.parseUnsignedLong(key.substring(key.lastIndexOf('/') + 1), 16);
    }

    static byte[] encodeHead(long nextId) {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarLong(nextId);
        return out.toByteArray();
    }

    static long decodeHead(byte[] bytes) {
        ByteReader in = open(bytes);
        long nextId = in.readVarLong();
        in.expectEnd();
        return nextId;
    }

    static byte[] encode(DatabaseDescriptor database) {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarLong(database.id());
        out.writeString(database.name());
        return out.toByteArray();
    }

    static DatabaseDescriptor decodeDatabase(byte[] bytes) {
        ByteReader in = open(bytes);
        DatabaseDescriptor database = new DatabaseDescriptor(in.readVarLong(), in.readString());
        in.expectEnd();
        return database;
    }

    static byte[] encode(ContainerDescriptor container) {
        ByteWriter out = new ByteWriter();
        ContainerCodec.encode(out, container);
        return out.toByteArray();
    }

    static ContainerDescriptor decodeContainer(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        ContainerDescriptor container = ContainerCodec.decode(in);
        in.expectEnd();
        return container;
    }

    static byte[] encode(ViewDescriptor view) {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarLong(view.id());
        out.writeVarLong(view.databaseId());
        out.writeString(view.name());
        out.writeVarInt(view.columnNames().size());
        view.columnNames().forEach(out::writeString);
        out.writeString(view.querySql());
        return out.toByteArray();
    }

    static ViewDescriptor decodeView(byte[] bytes) {
        ByteReader in = open(bytes);
        long id = in.readVarLong();
        long databaseId = in.readVarLong();
        String name = in.readString();
        int count = in.readCount(1);
        List<String> columnNames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columnNames.add(in.readString());
        }
        ViewDescriptor view = new ViewDescriptor(id, databaseId, name, columnNames, in.readString());
        in.expectEnd();
        return view;
    }

    private static ByteReader open(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw in.failure("catalog record has an unknown version: " + version);
        }
        return in;
    }
}
