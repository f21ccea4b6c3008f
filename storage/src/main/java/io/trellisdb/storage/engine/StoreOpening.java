package io.trellisdb.storage.engine;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.storage.journal.JournalRecovery;
import io.trellisdb.storage.journal.JournalSettings;
import io.trellisdb.storage.journal.RecoveredJournal;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.table.TableStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings data and journal together. One use, confined to one thread. */
final class StoreOpening {
    private static final String JOURNAL = "journal";
    private static final byte[] JOURNAL_ID = "journal-id".getBytes(StandardCharsets.UTF_8);
    private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);

    private final StoreOptions options;
    private final Vfs vfs;
    private final KeyspaceOpener keyspaces;
    private final NanoClock clock;
    private final LongSupplier random;
    private final JournalSettings settings;

    StoreOpening(StoreOptions options, Vfs vfs, KeyspaceOpener keyspaces, NanoClock clock, LongSupplier random) {
        this.options = options;
        this.vfs = vfs;
        this.keyspaces = keyspaces;
        this.clock = clock;
        this.random = random;
        this.settings = new JournalSettings(
                JOURNAL, options.partitionCount(), options.level(), options.segmentBytes(), options.maxPendingBytes());
    }

    /** What was opened: tables in which everything is applied, and a journal to append to. */
    record Opened(KeyspaceStore keyspaces, TableStore tables, FileJournal journal) {}

    Opened open() {
        FormatFile.check(vfs, options.partitionCount());
        Optional<JournalRecovery.Beginning> beginning = JournalRecovery.findBeginning(vfs, JOURNAL);
        KeyspaceStore store = openKeyspaces(beginning);
        try {
            checkOrigin(store, beginning);
            TableStore tables = TableStore.load(store, options.partitionCount(), options.maxWindowBytes());
            return new Opened(store, tables, openJournal(store, tables));
        } catch (RuntimeException e) {
            closeAfter(e, store);
            throw e;
        }
    }

    private static void closeAfter(RuntimeException cause, KeyspaceStore store) {
        try {
            store.close();
        } catch (TrellisException e) {
            cause.addSuppressed(e);
        }
    }

    private KeyspaceStore openKeyspaces(Optional<JournalRecovery.Beginning> beginning) {
        try {
            return keyspaces.open();
        } catch (TrellisException e) {
            boolean isWholeJournal = beginning.isPresent() && beginning.get().position() == 0;
            if (e.code() != ErrorCode.DATA_CORRUPTED || !isWholeJournal) {
                throw e;
            }
            LOG.warn("data is damaged and is made anew from the journal: {}", e.getMessage());
            keyspaces.putAside();
            return keyspaces.open();
        }
    }

    /** Data and journal must be of one store, and together reach back to its beginning. */
    private void checkOrigin(KeyspaceStore store, Optional<JournalRecovery.Beginning> beginning) {
        byte[] mark = store.marks().get(JOURNAL_ID);
        if (mark == null) {
            if (beginning.isPresent() && beginning.get().position() > 0) {
                refuse("data is missing and the journal no longer reaches back to its beginning: it starts at position "
                        + beginning.get().position());
            }
            return;
        }
        long journalId = ByteReader.ofStored(mark).readLong();
        if (beginning.isEmpty()) {
            refuse("journal is missing: " + options.directory().resolve(JOURNAL));
        } else if (beginning.get().journalId() != journalId) {
            refuse("journal and data belong to different stores: " + options.directory());
        }
    }

    private void refuse(String sentence) {
        if (!options.isForced()) {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, sentence);
        }
        LOG.warn("opening is forced although something is wrong: {}", sentence);
    }

    private FileJournal openJournal(KeyspaceStore store, TableStore tables) {
        Replayer replayer = new Replayer(tables);
        RecoveredJournal recovered = new JournalRecovery(vfs, settings, replayer, options.isForced()).run(random);
        replayer.flush();
        tables.replayed();
        recovered.losses().forEach(loss -> LOG.warn("opening is forced and loses entries: {}", loss));
        boolean hasGaps = checkBeginnings(replayer, recovered);
        boolean isAhead = checkEnd(tables, replayer.lastLsns(), recovered) || hasGaps;
        if (replayer.replayed() > 0) {
            LOG.info("journal is replayed: {} entries", replayer.replayed());
        }
        if (isAhead) {
            // rows of windows may be lost with the entries that only data has
            tables.recount();
            // and those must be durable there before the journal goes on behind them
            store.flush();
        }
        FileJournal journal = FileJournal.open(vfs, settings, clock, random, recovered);
        for (int partition = 0; partition < tables.partitionCount(); partition++) {
            journal.beginning(partition, tables.partition(partition).journalBeginning());
        }
        try {
            mark(store, recovered.journalId());
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        return journal;
    }

    /** Only when the journal is there: data that knows a journal must never be without it. */
    private static void mark(KeyspaceStore store, long journalId) {
        if (holdsId(store, journalId)) {
            return;
        }
        ByteWriter mark = new ByteWriter(Long.BYTES);
        mark.writeLong(journalId);
        try (Round round = store.begin()) {
            round.put(store.marks(), JOURNAL_ID, mark.toByteArray());
            round.commit();
        }
        store.flush();
    }

    /** Rows of time series that are in no block must still be in the journal; whether some are not. */
    private boolean checkBeginnings(Replayer replayer, RecoveredJournal recovered) {
        List<String> sentences = replayer.missingBeginnings();
        for (String sentence : sentences) {
            if (recovered.isBuffered()) {
                LOG.warn("rows may be lost after an unclean stop under BUFFERED: {}", sentence);
            } else {
                refuse(sentence);
            }
        }
        return !sentences.isEmpty();
    }

    private static boolean holdsId(KeyspaceStore store, long journalId) {
        byte[] mark = store.marks().get(JOURNAL_ID);
        return mark != null && ByteReader.ofStored(mark).readLong() == journalId;
    }

    /** Whether data holds entries that the journal has lost; under FLUSH that cannot be, so it is damage. */
    private boolean checkEnd(TableStore tables, long[] lastLsns, RecoveredJournal recovered) {
        boolean isAhead = false;
        for (int partition = 0; partition < lastLsns.length; partition++) {
            long applied = tables.partition(partition).appliedLsn();
            boolean isCutAway = lastLsns[partition] == 0 && recovered.startPosition() > 0;
            boolean isInstalled = applied == tables.partition(partition).installedLsn();
            if (lastLsns[partition] < applied && !isCutAway && !isInstalled) {
                isAhead = true;
                String sentence = "journal ends before applied data: partition " + partition + ", journal "
                        + lastLsns[partition] + ", applied " + applied;
                if (!recovered.isBuffered()) {
                    refuse(sentence);
                } else {
                    LOG.warn("entries may be lost after an unclean stop under BUFFERED: {}", sentence);
                }
            }
        }
        return isAhead;
    }
}
