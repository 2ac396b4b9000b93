/** The events of an execution, as GetExecutionHistory returns them. */
package org.touchstone.emulators.stepfunctions.history;
