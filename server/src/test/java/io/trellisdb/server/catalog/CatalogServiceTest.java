package io.trellisdb.server.catalog;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.type.DataType;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationProviders;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.replication.OwnerSettings;
import io.trellisdb.replication.PartitionOwners;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.engine.Stores;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import io.trellisdb.storage.write.WriteStatement;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogServiceTest {
    private static final int PARTITIONS = 4;

    private final MemoryVfs disk = new MemoryVfs();
    private CoordinationService coordination;
    private CatalogService catalog;
    private NodeStore store;
    private PartitionOwners owners;

    @BeforeEach
    void start() {
        store = Stores.inMemory(PARTITIONS);
        open();
    }

    private void open() {
        coordination = CoordinationProviders.find("local")
                .create(
                        Map.of(),
                        new CoordinationEnvironment(
                                disk,
                                new HostPort("127.0.0.1", 0),
                                Map.of(),
                                NanoClock.system(),
                                WallClock.system(),
                                UUID::randomUUID,
                                Runnable::run));
        coordination.start();
        long term = coordination.guard().epoch().number();
        catalog =
                new CatalogService(coordination.metadata(), coordination.guard().epoch(), PARTITIONS);
        catalog.open();
        owners = new PartitionOwners(
                store,
                catalog::catalog,
                partition -> term,
                OwnerSettings.defaults(1),
                NanoClock.system(),
                WallClock.system(),
                failure -> {});
        owners.start(Thread::new);
        owners.serving().toCompletableFuture().join();
        catalog.serve(owners);
    }

    @AfterEach
    void stop() {
        owners.close();
        catalog.close();
        coordination.close();
    }

    private void restart() {
        stop();
        open();
    }

    @Test
    void aNewCatalogHasTheDefaultDatabase() {
        DatabaseDescriptor database = catalog.catalog().databases().get(0);

        assertEquals(DatabaseDescriptor.DEFAULT_NAME, database.name());
        assertEquals(1, database.id());
    }

    @Test
    void containersGetIdsAndTheirPartition() {
        ContainerDescriptor orders = create("orders");

        assertEquals(
                new Partitioning.Whole(RoutingHash.containerPartition("public", "orders", PARTITIONS)),
                orders.partitioning());
        assertTrue(orders.id() > 1);
    }

    @Test
    void containersAreColocatedOnRequest() {
        ContainerDescriptor orders = create("orders");

        catalog.change(new CatalogChange.CreateContainer(container("lines"), Optional.of(orders.id()), false));

        assertEquals(orders.partitioning(), find("lines").partitioning());
    }

    @Test
    void idsAreNeverReused() {
        long first = create("orders").id();
        catalog.change(new CatalogChange.DropContainer(first));
        restart();

        assertTrue(create("orders").id() > first);
    }

    @Test
    void theImageSurvivesARestart() {
        create("orders");
        catalog.change(new CatalogChange.CreateDatabase("travel", false));
        catalog.change(new CatalogChange.CreateView(new ViewDescriptor(0, 1, "v", List.of("a"), "select 1"), false));
        Catalog before = catalog.catalog();
        restart();
        Catalog after = catalog.catalog();

        assertEquals(before.version(), after.version());
        assertEquals(before.databases(), after.databases());
        assertEquals(find(before, "orders"), find(after, "orders"));
        assertEquals(before.findView(1, "v"), after.findView(1, "v"));
    }

    @Test
    void whatExistsIsNotCreatedAgain() {
        create("orders");
        Catalog before = catalog.catalog();

        assertFails(
                ErrorCode.DUPLICATE_TABLE,
                new CatalogChange.CreateContainer(container("orders"), Optional.empty(), false));
        assertSame(
                before, catalog.change(new CatalogChange.CreateContainer(container("orders"), Optional.empty(), true)));
        assertFails(ErrorCode.DUPLICATE_DATABASE, new CatalogChange.CreateDatabase("information_schema", false));
    }

    @Test
    void aDatabaseWithTablesIsOnlyDroppedByCascade() {
        catalog.change(new CatalogChange.CreateDatabase("travel", false));
        long database = catalog.catalog().findDatabase("travel").orElseThrow().id();
        catalog.change(new CatalogChange.CreateContainer(container(database, "flights"), Optional.empty(), false));

        assertFails(ErrorCode.DEPENDENT_OBJECTS, new CatalogChange.DropDatabase("travel", false, false));
        catalog.change(new CatalogChange.DropDatabase("travel", false, true));
        assertTrue(catalog.catalog().findDatabase("travel").isEmpty());
        assertTrue(catalog.catalog().containers().isEmpty());
        assertFails(ErrorCode.WRONG_OBJECT_STATE, new CatalogChange.DropDatabase("public", false, true));
    }

    @Test
    void aChangeOfAnOldVersionIsRefused() {
        ContainerDescriptor orders = create("orders");
        ContainerDescriptor first = orders.change().name("orders1").build();
        ContainerDescriptor second = orders.change().name("orders2").build();
        catalog.change(new CatalogChange.AlterContainer(first));

        assertFails(ErrorCode.CATALOG_CONFLICT, new CatalogChange.AlterContainer(second));
    }

    @Test
    void partitionsFollowAnAlteredContainer() {
        ContainerDescriptor orders = create("orders");
        put(orders, 1, "a");
        catalog.change(new CatalogChange.AlterContainer(
                orders.change().name("bestellungen").build()));

        assertEquals(2, store.partition(partitionOf(orders)).reader().schemaVersion(orders.id()));
    }

    @Test
    void anIndexIsPublicWhenItsRowsAreIn() {
        ContainerDescriptor orders = create("orders");
        put(orders, 1, "a");
        put(orders, 2, "b");

        catalog.change(new CatalogChange.CreateIndex(orders.id(), index(false)));

        IndexDescriptor built = find("orders").findIndex("by_name").orElseThrow();
        assertEquals(IndexDescriptor.State.PUBLIC, built.state());
        assertEquals(List.of(), store.partition(partitionOf(orders)).verify());
    }

    @Test
    void aUniqueIndexOverDuplicatesLeavesNothing() {
        ContainerDescriptor orders = create("orders");
        put(orders, 1, "a");
        put(orders, 2, "a");

        assertFails(ErrorCode.UNIQUE_VIOLATION, new CatalogChange.CreateIndex(orders.id(), index(true)));
        assertEquals(List.of(), find("orders").indexes());
        put(find("orders"), 3, "a");
        assertEquals(List.of(), store.partition(partitionOf(orders)).verify());
    }

    @Test
    void anIndexBuildGoesOnAfterARestart() {
        ContainerDescriptor orders = create("orders");
        put(orders, 1, "a");
        owners.close();
        assertThrows(
                TrellisException.class, () -> catalog.change(new CatalogChange.CreateIndex(orders.id(), index(false))));
        assertEquals(
                IndexDescriptor.State.WRITE_ONLY,
                find("orders").findIndex("by_name").orElseThrow().state());
        restart();

        await().until(() -> find("orders").findIndex("by_name").orElseThrow().state() == IndexDescriptor.State.PUBLIC);
        assertEquals(List.of(), store.partition(partitionOf(orders)).verify());
    }

    @Test
    void rowsOfADroppedContainerAreRemovedEvenAfterARestart() {
        ContainerDescriptor orders = create("orders");
        put(orders, 1, "a");
        owners.close();
        catalog.change(new CatalogChange.DropContainer(orders.id()));
        restart();

        await().until(() -> store.partition(partitionOf(orders)).reader().schemaVersion(orders.id()) == 0);
        await().until(() ->
                coordination.metadata().image(CatalogRecords.DROPPED).records().isEmpty());
    }

    private void assertFails(ErrorCode code, CatalogChange change) {
        TrellisException failure = assertThrows(TrellisException.class, () -> catalog.change(change));
        assertEquals(code, failure.code(), failure.getMessage());
    }

    private ContainerDescriptor create(String name) {
        catalog.change(new CatalogChange.CreateContainer(container(name), Optional.empty(), false));
        return find(name);
    }

    private ContainerDescriptor find(String name) {
        return find(catalog.catalog(), name);
    }

    private static ContainerDescriptor find(Catalog image, String name) {
        return image.findContainer(1, name).orElseThrow();
    }

    private static ContainerDescriptor container(String name) {
        return container(1, name);
    }

    private static ContainerDescriptor container(long database, String name) {
        return new ContainerDescriptor(
                0,
                1,
                database,
                name,
                ContainerKind.COLLECTION,
                List.of(
                        ColumnDescriptor.of(1, "id", DataType.BIGINT, false),
                        ColumnDescriptor.of(2, "name", DataType.TEXT, true)),
                List.of(new KeyColumn(1, false)),
                List.of(),
                List.of(),
                List.of(),
                new Partitioning.Whole(-1),
                Map.of(),
                3);
    }

    private static IndexDescriptor index(boolean unique) {
        return new IndexDescriptor(
                0, "by_name", unique, false, List.of(new KeyColumn(2, false)), IndexDescriptor.State.PUBLIC);
    }

    private static int partitionOf(ContainerDescriptor container) {
        return ((Partitioning.Whole) container.partitioning()).partition();
    }

    private void put(ContainerDescriptor container, long id, String name) {
        PartitionWrite write = new PartitionWrite(
                partitionOf(container), container.id(), container.version(), new PutRow(container, id, name));
        owners.write(new WriteStatement(null, List.of(write), Long.MAX_VALUE / 2 + System.nanoTime()))
                .toCompletableFuture()
                .join();
    }

    private record PutRow(ContainerDescriptor container, long id, String name) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            BatchBuilder builder = new BatchBuilder(List.of(DataType.BIGINT, DataType.TEXT), 1);
            builder.column(0).append(id);
            builder.column(1).append(name);
            Batch rows = builder.build();
            List<byte[]> keys = RowKeys.ofRows(container, rows);
            context.lock(container.id(), keys.get(0));
            return new WriteDecision(
                    List.of(new Operation.PutRows(container.id(), container.version(), rows, keys)),
                    StoredResult.ofCount(1));
        }
    }
}
