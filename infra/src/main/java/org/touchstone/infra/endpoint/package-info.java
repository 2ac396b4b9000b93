/**
 * GPU endpoints: a queue with its dead letters, instances that come when there is work, and the
 * containers that work on them.
 */
package org.touchstone.infra.endpoint;
