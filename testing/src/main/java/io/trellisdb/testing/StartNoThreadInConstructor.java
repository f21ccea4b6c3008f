package io.trellisdb.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A thread that starts in a constructor may see its object half built; a method {@code start} is called later. */
final class StartNoThreadInConstructor extends ArchCondition<JavaClass> {
    StartNoThreadInConstructor() {
        super("start no thread in a constructor");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        for (JavaConstructor constructor : item.getConstructors()) {
            for (JavaMethodCall call : constructor.getMethodCallsFromSelf()) {
                if (call.getName().equals("start") && call.getTargetOwner().isAssignableTo(Thread.class)) {
                    events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                }
            }
        }
    }
}
