package io.trellisdb.cli.script;

/**
 * One statement of a script.
 *
 * @param text without its semicolon
 * @param line where it begins, from 1
 */
public record ScriptStatement(String text, int line) {}
