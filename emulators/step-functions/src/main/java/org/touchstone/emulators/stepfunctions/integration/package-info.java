/** What Task states can do: functions, queues and events, and the tokens that end waiting tasks. */
package org.touchstone.emulators.stepfunctions.integration;
