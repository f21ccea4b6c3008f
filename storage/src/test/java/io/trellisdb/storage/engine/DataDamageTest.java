package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.engine.Statements.Backfill;
import io.trellisdb.storage.engine.Statements.Statement;
import io.trellisdb.testing.SeededSuite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of {@code data} with flipped bits, lost pages, cut or missing, beside a whole journal: rows are never wrong and never
 * fewer, and without these files everything comes back.
 */
final class DataDamageTest {
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private int directories;

    @Test
    void damagedDataIsRefusedOrRebuilt() {
        new SeededSuite("store-data-damage", 8, 0.05).run(this::damage);
    }

    private void damage(Random random) throws IOException {
        Path directory = folder.resolve("store" + directories++);
        StoreOptions options = StoreOptions.of(directory, 1).withMinFreeBytes(0);
        Statements statements = new Statements(random.nextLong(), 1, 400);
        StoreModel model = new StoreModel();
        int count = 30 + random.nextInt(100);
        try (NodeStore store = Stores.open(options, NanoClock.system())) {
            TestOwner owner = new TestOwner(store);
            for (long number = 1; number <= count; number++) {
                make(store, owner, statements, number);
                model.apply(statements.statement(number).operations());
            }
        }
        Path copy = folder.resolve("copy" + directories);
        copyJournal(directory, copy);
        damageOneOf(files(directory.resolve("data")), random);
        try (NodeStore store = Stores.open(options, NanoClock.system())) {
            assertEquals(count, store.partition(0).lastLsn());
            model.check(store.partition(0), random);
        } catch (TrellisException e) {
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), e.getMessage());
        }
        try (NodeStore store = Stores.open(StoreOptions.of(copy, 1).withMinFreeBytes(0), NanoClock.system())) {
            model.check(store.partition(0), random);
            StatementResults.check(store.partition(0).reader(), statements, 1, count);
        }
    }

    private static void make(NodeStore store, TestOwner owner, Statements statements, long number) {
        Backfill backfill = statements.backfillBefore(number);
        byte[] after = new byte[0];
        do {
            if (backfill != null) {
                after = store.backfill(0, backfill.container(), backfill.indexId(), after, 100);
            }
        } while (after.length > 0);
        Statement statement = statements.statement(number);
        owner.write(statement.token(), statement.result(), java.util.Map.of(0, statement.operations()));
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".jdb"))
                    .sorted()
                    .toList();
        }
    }

    private static void damageOneOf(List<Path> files, Random random) throws IOException {
        Path file = files.get(random.nextInt(files.size()));
        int choice = random.nextInt(10);
        if (choice == 0) {
            Files.delete(file);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (choice == 1) {
                channel.truncate(random.nextLong(channel.size()));
            } else if (choice < 4) {
                long page = random.nextLong(channel.size()) / PAGE;
                int length = (int) Math.min(PAGE, channel.size() - page * PAGE);
                channel.write(ByteBuffer.allocate(length), page * PAGE);
            } else {
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    long position = random.nextLong(channel.size());
                    ByteBuffer one = ByteBuffer.allocate(1);
                    channel.read(one, position);
                    one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).flip();
                    channel.write(one, position);
                }
            }
        }
    }

    /** A store whose data is lost. */
    private static void copyJournal(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("journal"));
        try (Stream<Path> files = Files.list(from.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve("journal").resolve(String.valueOf(file.getFileName())));
            }
        }
        Files.copy(from.resolve("FORMAT"), to.resolve("FORMAT"));
    }
}
