/** The engine behind the AWS JSON 1.0 protocol, so that the AWS SDK's own client drives it. */
package org.touchstone.emulators.stepfunctions.server;
