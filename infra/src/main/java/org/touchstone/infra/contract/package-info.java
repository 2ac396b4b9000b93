/**
 * What functions and endpoints are promised: the environment variables they read and the
 * permissions that their calls need. The stack gives exactly what these tables say; tests hold the
 * tables against the descriptors that the deployed modules ship.
 */
package org.touchstone.infra.contract;
