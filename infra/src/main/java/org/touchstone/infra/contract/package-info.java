/**
 * The contract with functions and endpoints: the environment variables they read and the
 * permissions that their calls need. The stack grants exactly these; tests compare the tables with
 * the descriptors that the deployed modules ship.
 */
package org.touchstone.infra.contract;
