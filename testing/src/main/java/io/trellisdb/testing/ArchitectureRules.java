package io.trellisdb.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The architecture rules that every module's {@code ArchitectureTest} runs over its main classes.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> rulesHold() {
 *     return ArchitectureRules.of("storage").tests();
 * }
 * }</pre>
 *
 * Classes that must stay open for extension are named with {@link #open}, generated packages with {@link #generated}.
 * Immutable: those methods return a new value.
 */
public final class ArchitectureRules {
    private static final String FORBIDDEN_NAME = ".*(Util|Utils|Helper|Helpers|Manager|Impl)";
    private static final Set<String> SERIALIZATION = Set.of("java.io.ObjectInputStream", "java.io.ObjectOutputStream");
    private static final String[] FORBIDDEN_PACKAGES = {
        "..util..",
        "..utils..",
        "..impl..",
        "..internal..",
        "..internals..",
        "..helper..",
        "..manager..",
        "..base..",
        "..core.."
    };

    private final ModuleArrows picture;
    private final String module;
    private final Path classFolder;
    private final Set<String> openClasses;
    private final Set<String> generatedPackages;

    ArchitectureRules(
            ModuleArrows picture,
            String module,
            Path classFolder,
            Set<String> openClasses,
            Set<String> generatedPackages) {
        this.picture = picture;
        this.module = module;
        this.classFolder = classFolder;
        this.openClasses = Set.copyOf(openClasses);
        this.generatedPackages = Set.copyOf(generatedPackages);
    }

    /** The rules for the module whose tests are running; {@code module} is its package below the root. */
    public static ArchitectureRules of(String module) {
        return inFolder(module, RepositoryRoot.moduleFolder());
    }

    /** The rules for a module that cannot run them itself. */
    static ArchitectureRules inFolder(String module, Path moduleFolder) {
        Path classFolder = moduleFolder.resolve(RepositoryRoot.buildFolder()).resolve("classes");
        return new ArchitectureRules(ModuleArrows.TRELLIS, module, classFolder, Set.of(), Set.of());
    }

    /** Allows a concrete class to be extended; the reason stands here for the reader. */
    public ArchitectureRules open(String className, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an open class needs a reason: " + className);
        }
        return new ArchitectureRules(picture, module, classFolder, plus(openClasses, className), generatedPackages);
    }

    /** Leaves the classes of a package, which a tool writes, out of the rules on style; arrows and owners still count. */
    public ArchitectureRules generated(String packageName) {
        return new ArchitectureRules(picture, module, classFolder, openClasses, plus(generatedPackages, packageName));
    }

    private static Set<String> plus(Set<String> set, String element) {
        Set<String> sum = new LinkedHashSet<>(set);
        sum.add(element);
        return sum;
    }

    /** One test for each rule. */
    public Stream<DynamicTest> tests() {
        JavaClasses all = read(classFolder);
        return rules().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(all)));
    }

    static JavaClasses read(Path folder) {
        return Files.isDirectory(folder)
                ? new ClassFileImporter().importPath(folder)
                : new ClassFileImporter().importClasses(List.of());
    }

    /** The rules by name. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("classes live in the module's package", staysInItsPackage());
        rules.put("modules import along the arrows", followsArrows());
        rules.put(
                "packages have no cycles",
                slices().matching(picture.root() + ".(**)").should().beFreeOfCycles());
        rules.put("a package and its children import one way", classes().should(new OneWayBetweenParentAndChildren()));
        rules.put(
                "no package is called util, impl or the like",
                noClasses().should().resideInAnyPackage(FORBIDDEN_PACKAGES));
        rules.put("nothing uses Java serialization", noClasses().should().dependOnClassesThat(isSerialization()));
        if (picture.isJdkOnly(module)) {
            rules.put("only the JDK is used", onlyJdk());
        }
        if (!picture.isFree(module)) {
            rules.putAll(owners());
            rules.put(
                    "concrete classes are final",
                    classes().that(mustBeFinal()).should().haveModifier(JavaModifier.FINAL));
            rules.put(
                    "static fields are final",
                    fields().that()
                            .areStatic()
                            .and()
                            .areDeclaredInClassesThat(isWritten())
                            .should()
                            .beFinal());
        }
        rules.put(
                "no class is called Util, Helper, Manager or Impl",
                classes().that(isWritten()).should().haveNameNotMatching(FORBIDDEN_NAME));
        rules.put(
                "only Main ends the process",
                noClasses().that().doNotHaveSimpleName("Main").should().callMethod(System.class, "exit", int.class));
        rules.put("no constructor starts a thread", classes().should(new StartNoThreadInConstructor()));
        return rules;
    }

    private ArchRule staysInItsPackage() {
        return classes().should().resideInAPackage(picture.packageOf(module) + "..");
    }

    private ArchRule followsArrows() {
        return classes()
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(picture.root() + "..")
                        .or(resideInAnyPackage(picture.allowedPackages(module))));
    }

    private ArchRule onlyJdk() {
        return classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", "org.jspecify..", picture.root() + ".."));
    }

    private Map<String, ArchRule> owners() {
        Map<String, ArchRule> rules = new TreeMap<>();
        picture.owners().forEach((library, owners) -> {
            String[] packages =
                    owners.stream().map(o -> picture.root() + "." + o + "..").toArray(String[]::new);
            rules.put(
                    library + " is used by its owner only",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(packages)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(library + ".."));
        });
        return rules;
    }

    private DescribedPredicate<JavaClass> mustBeFinal() {
        return DescribedPredicate.describe(
                "are concrete and not open by name",
                c -> isWritten().test(c)
                        && !c.isInterface()
                        && !c.isEnum()
                        && !c.isAnonymousClass()
                        && !c.getModifiers().contains(JavaModifier.ABSTRACT)
                        && !c.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !openClasses.contains(c.getName()));
    }

    private DescribedPredicate<JavaClass> isWritten() {
        return DescribedPredicate.describe(
                "are not generated", c -> generatedPackages.stream().noneMatch(p -> isWithin(c.getPackageName(), p)));
    }

    private static boolean isWithin(String name, String packageName) {
        return name.equals(packageName) || name.startsWith(packageName + ".");
    }

    private static DescribedPredicate<JavaClass> isSerialization() {
        return DescribedPredicate.describe(
                "write or read serialized objects", c -> SERIALIZATION.contains(c.getName()));
    }
}
