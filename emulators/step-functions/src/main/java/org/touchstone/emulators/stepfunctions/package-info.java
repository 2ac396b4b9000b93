/**
 * An embedded Step Functions: an Amazon States Language interpreter behind the AWS JSON protocol.
 */
package org.touchstone.emulators.stepfunctions;
