package io.trellisdb.testing.planted.common;

import com.tngtech.archunit.core.importer.ClassFileImporter;

/** Breaks: a library outside its owner, and more than the JDK in a module that may use no more. */
public final class UsesLibrary {
    private UsesLibrary() {}

    public static Object library() {
        return new ClassFileImporter();
    }
}
