package io.trellisdb.sql.lexer;

/**
 * A template and the cells that fill it.
 *
 * @param cells tokens of literals, row after row; the complement of the token where a minus stands before it
 * @param width cells per row
 */
record TextTemplate(String template, int[] cells, int width) {}
