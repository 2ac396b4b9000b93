/**
 * Runs functions as Lambda does, from packages and as container images: with its runtime interface
 * client, or as a native executable, against a runtime API on loopback.
 */
package org.touchstone.emulators.lambda;
