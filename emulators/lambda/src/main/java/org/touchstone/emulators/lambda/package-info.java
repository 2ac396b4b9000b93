/**
 * Packaged functions run as Lambda runs them: by its runtime interface client, or as the native
 * executable they are, against a runtime API on loopback.
 */
package org.touchstone.emulators.lambda;
