/**
 * Serves the engine with the AWS JSON 1.0 protocol, so that the AWS SDK's own client works with it.
 */
package org.touchstone.emulators.stepfunctions.server;
