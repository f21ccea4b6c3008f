package io.trellisdb.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Between a package and all packages below it, imports run one way: the parent assembles its children and none of them
 * imports it, or the parent holds words they share and imports none of them.
 */
final class OneWayBetweenParentAndChildren extends ArchCondition<JavaClass> {
    private final Map<String, List<Dependency>> down = new TreeMap<>();
    private final Map<String, List<Dependency>> up = new TreeMap<>();

    OneWayBetweenParentAndChildren() {
        super("import one way between a package and its children");
    }

    @Override
    public void init(Collection<JavaClass> all) {
        down.clear();
        up.clear();
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            String from = item.getPackageName();
            String to = dependency.getTargetClass().getPackageName();
            if (to.startsWith(from + ".")) {
                down.computeIfAbsent(from, p -> new ArrayList<>()).add(dependency);
            } else if (from.startsWith(to + ".")) {
                up.computeIfAbsent(to, p -> new ArrayList<>()).add(dependency);
            }
        }
    }

    @Override
    public void finish(ConditionEvents events) {
        down.forEach((parent, dependencies) -> {
            for (Dependency upward : up.getOrDefault(parent, List.of())) {
                String message = upward.getDescription() + ", while " + parent + " imports its children: "
                        + dependencies.get(0).getDescription();
                events.add(SimpleConditionEvent.violated(upward, message));
            }
        });
    }
}
