package io.trellisdb.storage;

/**
 * What an image of a partition is a copy of: everything up to an entry of its log, and perhaps some of what came later.
 *
 * @param imageId tells images apart
 * @param lsn the entry up to which nothing is missing; those that follow are to be applied to the copy
 * @param term of that entry
 * @param hash its chain hash
 * @param commitTimestamp of that entry
 */
public record ImageHead(int partition, long imageId, long lsn, long term, long hash, long commitTimestamp) {}
