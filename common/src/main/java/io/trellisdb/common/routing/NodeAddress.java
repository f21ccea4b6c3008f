package io.trellisdb.common.routing;

/**
 * Where clients reach a node.
 *
 * @param nodeId the node's durable id in the cluster, from 1
 * @param name the node's name as people write it
 */
public record NodeAddress(int nodeId, String name, String host, int port) {}
