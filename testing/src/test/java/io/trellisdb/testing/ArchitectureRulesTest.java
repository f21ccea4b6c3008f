package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every rule meets a planted class that breaks it, in the package {@code planted}. */
final class ArchitectureRulesTest {
    private static final String ROOT = "io.trellisdb.testing.planted";
    private static final Pattern PLANTED = Pattern.compile("planted(?:\\.[a-z]+)*\\.([A-Z]\\w*)");

    private static final ModuleArrows PICTURE = new ModuleArrows(
            ROOT,
            Map.of("common", Set.of(), "storage", Set.of("common"), "server", Set.of("storage", "common")),
            Map.of("com.tngtech.archunit", Set.of("server")));

    @Test
    void arrowFromBelowToAboveIsFound() {
        assertEquals(Set.of("LooksUp"), broken("common", "modules import along the arrows"));
    }

    @Test
    void arrowsAlongThePictureAreAllowed() {
        assertEquals(Set.of(), broken("storage", "modules import along the arrows"));
    }

    @Test
    void classOutsideItsModulesPackageIsFound() {
        JavaClasses storage = classes("storage");

        Set<String> found = broken(rules("common"), "classes live in the module's package", storage);

        assertEquals(Set.of("Store", "StoreHelper"), found);
    }

    @Test
    void cycleOfPackagesIsFound() {
        assertEquals(Set.of("Counter", "Left"), broken("server", "packages have no cycles"));
        assertEquals(Set.of(), broken("storage", "packages have no cycles"));
    }

    @Test
    void importsBothWaysBetweenAPackageAndItsChildrenAreFound() {
        String rule = "a package and its children import one way";

        assertEquals(Set.of("Right"), broken("server", rule));
        assertEquals(Set.of(), broken("storage", rule));
    }

    @Test
    void libraryOutsideItsOwnerIsFound() {
        assertEquals(Set.of("UsesLibrary"), broken("common", "com.tngtech.archunit is used by its owner only"));
        assertEquals(Set.of("UsesLibrary"), broken("common", "only the JDK is used"));
    }

    @Test
    void openClassIsFoundUnlessItIsNamedWithAReason() {
        String rule = "concrete classes are final";
        ArchitectureRules named = rules("storage").open(ROOT + ".storage.Store", "extended by a test");

        assertEquals(Set.of("Store"), broken("storage", rule));
        assertEquals(Set.of(), broken(named, rule, classes("storage")));
        assertThrows(IllegalArgumentException.class, () -> rules("storage").open("Store", " "));
    }

    @Test
    void forbiddenNamesAreFoundUnlessGenerated() {
        String rule = "no class is called Util, Helper, Manager or Impl";
        ArchitectureRules generated = rules("storage").generated(ROOT + ".storage.inner");

        assertEquals(Set.of("StoreHelper"), broken("storage", rule));
        assertEquals(Set.of(), broken(generated, rule, classes("storage")));
        assertEquals(Set.of("Counter"), broken("server", "no package is called util, impl or the like"));
    }

    @Test
    void staticMutableStateAndSerializationAreFound() {
        assertEquals(Set.of("Counter"), broken("server", "static fields are final"));
        assertEquals(Set.of("Counter"), broken("server", "nothing uses Java serialization"));
    }

    @Test
    void threadStartedInAConstructorIsFound() {
        assertEquals(Set.of("StoreHelper"), broken("storage", "no constructor starts a thread"));
    }

    @Test
    void processEndedOutsideMainIsFound() {
        assertEquals(Set.of("Right"), broken("server", "only Main ends the process"));
    }

    @Test
    void emptyModulePasses() {
        rules("storage").tests().forEach(test -> assertPasses(test.getExecutable()));
    }

    @Test
    void unknownModuleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> rules("nowhere").rules());
    }

    private static void assertPasses(Executable executable) {
        assertDoesNotThrow(executable);
    }

    private static ArchitectureRules rules(String module) {
        return new ArchitectureRules(PICTURE, module, Path.of("no", "such", "folder"), Set.of(), Set.of());
    }

    private static JavaClasses classes(String module) {
        return new ClassFileImporter().importPackages(ROOT + "." + module);
    }

    private static Set<String> broken(String module, String rule) {
        return broken(rules(module), rule, classes(module));
    }

    /** The first planted class in each line of the rule's complaints: the one that breaks it. */
    private static Set<String> broken(ArchitectureRules rules, String name, JavaClasses classes) {
        ArchRule rule = rules.rules().get(name);
        Set<String> found = new TreeSet<>();
        for (String complaint : rule.evaluate(classes).getFailureReport().getDetails()) {
            complaint
                    .lines()
                    .forEach(line -> PLANTED.matcher(line).results().limit(1).forEach(m -> found.add(m.group(1))));
        }
        return found;
    }
}
