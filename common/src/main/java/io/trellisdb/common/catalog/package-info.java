/**
 * The catalog's model: databases, containers, columns, indexes and views as immutable descriptors, and
 * {@link io.trellisdb.common.catalog.Catalog}, the image of all of them at one version.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Ids are never reused; a rename changes a name and nothing else; a container's version grows with every change of it.
 *   <li>Columns keep their {@code id} for life; a dropped column's id does not come back.
 *   <li>Names are unique per database over containers and views together, and per container over columns and indexes.
 *   <li>An image is replaced, never edited.
 * </ul>
 *
 * <p>Safe to share between threads. SQL texts (defaults, checks, views) are kept as text; only {@code sql} understands them.
 */
@NullMarked
package io.trellisdb.common.catalog;

import org.jspecify.annotations.NullMarked;
