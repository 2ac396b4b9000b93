/** What has happened in an execution, as GetExecutionHistory tells it. */
package org.touchstone.emulators.stepfunctions.history;
