/**
 * Runs packaged functions as Lambda does: with its runtime interface client, or as a native
 * executable, against a runtime API on loopback.
 */
package org.touchstone.emulators.lambda;
