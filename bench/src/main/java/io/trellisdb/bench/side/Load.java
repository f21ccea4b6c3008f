package io.trellisdb.bench.side;

import io.trellisdb.bench.data.CpuRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends rows in batches over one or several connections until they or a time are used up. */
final class Load {
    static final int BATCH_ROWS = 1000;

    /** Batches made ahead for each connection. */
    private static final int QUEUED_BATCHES = 4;

    private static final long OFFER_MILLIS = 100;

    private final int batchRows;
    private final long deadlineNanos;

    /** @param longest a load that takes longer ends early; the rate counts what was written until then */
    Load(int batchRows, Duration longest) {
        this.batchRows = batchRows;
        this.deadlineNanos = System.nanoTime() + longest.toNanos();
    }

    private boolean isInTime() {
        return System.nanoTime() - deadlineNanos < 0;
    }

    /** Writes over one connection; returns the rows written. */
    long run(Iterator<CpuRow> rows, RowWriter writer) throws SQLException {
        List<CpuRow> batch = new ArrayList<>(batchRows);
        long written = 0;
        while (rows.hasNext() && isInTime()) {
            batch.clear();
            while (rows.hasNext() && batch.size() < batchRows) {
                batch.add(rows.next());
            }
            writer.write(batch);
            written += batch.size();
        }
        return written;
    }

    /** Opens a writer, in the thread that uses and closes it. */
    interface Opening {
        RowWriter open() throws SQLException;
    }

    /** Writes over several connections, all rows of a host over the same; returns the rows written. */
    long run(Iterator<CpuRow> rows, List<Opening> writers) throws SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            List<BlockingQueue<List<CpuRow>>> queues = new ArrayList<>();
            List<Future<Long>> results = new ArrayList<>();
            for (Opening writer : writers) {
                BlockingQueue<List<CpuRow>> queue = new ArrayBlockingQueue<>(QUEUED_BATCHES);
                queues.add(queue);
                results.add(threads.submit(() -> drain(queue, writer)));
            }
            deal(rows, queues, results);
            long written = 0;
            for (Future<Long> result : results) {
                written += result.get();
            }
            return written;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a load", e);
        } catch (ExecutionException e) {
            throw new SQLException("a connection failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void deal(Iterator<CpuRow> rows, List<BlockingQueue<List<CpuRow>>> queues, List<Future<Long>> results)
            throws InterruptedException {
        List<List<CpuRow>> batches = new ArrayList<>();
        queues.forEach(queue -> batches.add(new ArrayList<>(batchRows)));
        while (rows.hasNext() && isInTime()) {
            CpuRow row = rows.next();
            int place = row.host() % queues.size();
            List<CpuRow> batch = batches.get(place);
            batch.add(row);
            if (batch.size() == batchRows) {
                put(queues.get(place), batch, results.get(place));
                batches.set(place, new ArrayList<>(batchRows));
            }
        }
        for (int place = 0; place < queues.size(); place++) {
            put(queues.get(place), batches.get(place), results.get(place));
            if (!batches.get(place).isEmpty()) {
                put(queues.get(place), List.of(), results.get(place));
            }
        }
    }

    /** Waits for room, unless the reader has failed. */
    private static void put(BlockingQueue<List<CpuRow>> queue, List<CpuRow> batch, Future<Long> reader)
            throws InterruptedException {
        boolean isPut = false;
        while (!isPut && !reader.isDone()) {
            isPut = queue.offer(batch, OFFER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes batches until an empty one. */
    private static long drain(BlockingQueue<List<CpuRow>> queue, Opening opening)
            throws SQLException, InterruptedException {
        long written = 0;
        try (RowWriter writer = opening.open()) {
            for (List<CpuRow> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                writer.write(batch);
                written += batch.size();
            }
        }
        return written;
    }
}
