/**
 * GPU endpoints: a queue with its dead letters, instances that start when there is work, and the
 * containers that run on them.
 */
package org.touchstone.infra.endpoint;
