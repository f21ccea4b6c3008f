package io.trellisdb.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.local.LocalProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoordinationProvidersTest {
    @Test
    void localProviderIsFoundByItsName() {
        assertEquals(LocalProvider.NAME, CoordinationProviders.find("local").name());
    }

    @Test
    void unknownNameIsRefusedWithTheInstalledOnes() {
        TrellisException refusal = assertThrows(TrellisException.class, () -> CoordinationProviders.find("zookeeper"));

        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
        assertTrue(refusal.getMessage().contains("[bdbje, local"), refusal.getMessage());
    }

    @Test
    void twoProvidersOfOneNameAreRefused() {
        List<CoordinationProvider> twins = List.of(new LocalProvider(), new LocalProvider());

        assertThrows(TrellisException.class, () -> CoordinationProviders.choose("local", twins));
    }
}
